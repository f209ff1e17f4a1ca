"""Pictures drawn for the tests, with what their tests want written in them."""

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image, ImageDraw

_XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
    ' xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"'
    ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"{attributes}>{inside}</rdf:Description>'
    "</rdf:RDF></x:xmpmeta>"
)


def image(width: int = 90, height: int = 60, mode: str = "RGB", number: int = 0) -> Image.Image:
    """A bright disc on a ground of its own: no two numbers give the same picture."""
    made = Image.new("RGB", (width, height), ((37 * number) % 200, (91 * number + 60) % 200, (53 * number + 120) % 200))
    ImageDraw.Draw(made).ellipse((width // 4, height // 4, width // 2, height // 2), fill=(240, 200, 60))
    return made.convert(mode)


def jpeg(
    width: int = 90,
    height: int = 60,
    *,
    number: int = 0,
    xmp: str = "",
    iim: bytes = b"",
    exif: Any = None,
    **more: Any,
) -> bytes:
    """A JPEG with these blocks in it."""
    body = io.BytesIO()
    more |= {"exif": exif} if exif is not None else {}
    image(width, height, number=number).save(body, "JPEG", quality=80, **more)
    made = body.getvalue()
    if xmp:
        made = with_segment(made, 0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + xmp.encode())
    if iim:
        block = b"8BIM\x04\x04\x00\x00" + len(iim).to_bytes(4, "big") + iim + b"\x00" * (len(iim) % 2)
        made = with_segment(made, 0xED, b"Photoshop 3.0\x00" + block)
    return made


def with_segment(made: bytes, marker: int, body: bytes) -> bytes:
    at = 4 + int.from_bytes(made[4:6], "big")
    return made[:at] + bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body + made[at:]


def encoded(form: str, mode: str = "RGB", **more: Any) -> bytes:
    """A picture in another form."""
    body = io.BytesIO()
    image(mode=mode).save(body, form, **more)
    return body.getvalue()


def xmp(inside: str = "", attributes: str = "") -> str:
    """A packet with these properties."""
    return _XMP.format(inside=inside, attributes=f" {attributes}" if attributes else "")


def alt(name: str, texts: Mapping[str, str]) -> str:
    """A property in several languages."""
    items = "".join(f'<rdf:li xml:lang="{code}">{text}</rdf:li>' for code, text in texts.items())
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def several(name: str, *texts: str, kind: str = "Bag") -> str:
    items = "".join(f"<rdf:li>{text}</rdf:li>" for text in texts)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"


def dataset(number: int, value: bytes, record: int = 2) -> bytes:
    """One dataset of IIM."""
    return bytes((0x1C, record, number)) + len(value).to_bytes(2, "big") + value


UTF8 = dataset(90, b"\x1b%G", record=1)


def camera() -> Image.Exif:
    """What a camera writes: for everybody the photographer and the caption, for nobody the rest."""
    made = Image.Exif()
    made[0x010E] = "Boats in the harbour"
    made[0x013B] = "Nora Quay"
    made[0x8298] = "(c) Lantern"
    made[0x0110] = "Cambox 3"
    inner = made.get_ifd(0x8769)
    inner[0x9003] = "2024:05:12 10:11:12"
    inner[0x9011] = "+04:00"
    inner[0xA430] = "Owner Ownersson"
    inner[0xA431] = "SERIAL-778899"
    place = made.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (40.0, 22.0, 0.0), "E", (49.0, 53.0, 0.0)
    return made
