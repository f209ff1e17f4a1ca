"""Pictures: what IPTC's reference pictures say in every field, read; what is written into hostile ones, and what they cost.

The reference pictures hold every field of the standard; ``techreference`` names the fields. What a picture says in a field is
taken from its XMP in the plainest way, all texts below the property, so that it is not our own reader that is asked.
"""

import io
import json
import os
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree
from PIL import Image

from dragoman import formats
from dragoman.formats.picture.header import blocks_of, quietly, read_header
from dragoman.formats.picture.iim import read_iim
from dragoman.formats.picture.label import label_of, written_into
from dragoman.media.darkroom import vouched
from dragoman.model.arrival import Hints
from dragoman.model.errors import DragomanError
from dragoman.model.item import Concept, Headline, Item, Profile
from dragoman.model.picture import alts, captions, descriptions
from quality.table import Row, share

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_HEAD = "http://ns.adobe.com/"
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": f"{_HEAD}photoshop/1.0/",
    "xmpRights": f"{_HEAD}xap/1.0/rights/",
    "xmp": f"{_HEAD}xap/1.0/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
SECONDS, MEMORY = 2.0, 300_000_000


def _roles(concepts: tuple[Concept, ...], *roles: str) -> list[object]:
    return [one for one in concepts if one.role in roles]


PLACES: dict[str, Callable[[Item], object]] = {
    "altTextAccessibility": alts,
    "cityName": lambda item: (item.located, item.places),
    "copyrightNotice": lambda item: item.copyright_notice,
    "countryName": lambda item: item.places,
    "countryCode": lambda item: item.places,
    "creatorNames": lambda item: item.by,
    "creatorContactInfo": lambda item: _roles(item.info_sources, "photographer"),
    "jobtitle": lambda item: _roles(item.info_sources, "photographer"),
    "creditLine": lambda item: item.ours.credit,
    "dateCreated": lambda item: item.content_created.isoformat() if item.content_created else "",
    "description": captions,
    "captionWriter": lambda item: _roles(item.info_sources, "captionWriter"),
    "headline": lambda item: item.headline,
    "instructions": lambda item: item.ed_note,
    "intellectualGenre": lambda item: item.genres,
    "jobid": lambda item: item.alt_ids,
    "keywords": lambda item: item.subjects,
    "provinceState": lambda item: item.places,
    "usageTerms": lambda item: item.usage_terms,
    "sceneCodes": lambda item: item.subjects,
    "source": lambda item: _roles(item.info_sources, "source"),
    "subjectCodes": lambda item: item.subjects,
    "sublocationName": lambda item: item.places,
    "title": lambda item: item.slugline,
    "organisationInImageCodes": lambda item: item.organisations,
    "organisationInImageNames": lambda item: item.organisations,
    "copyrightOwners": lambda item: (item.copyright_holder, _roles(item.info_sources, "copyrightOwner")),
    "aboutCvTerms": lambda item: item.subjects,
    "dataMining": lambda item: item.usage_terms,
    "otherConstraints": lambda item: item.usage_terms,
    "webstatementRights": lambda item: item.usage_terms,
    "minorModelAgeDisclosure": lambda item: item.usage_terms,
    "modelReleaseStatus": lambda item: item.usage_terms,
    "propertyReleaseStatus": lambda item: item.usage_terms,
    "digitalImageGuid": lambda item: item.alt_ids,
    "digitalSourceType": lambda item: item.genres,
    "eventId": lambda item: item.events,
    "eventName": lambda item: item.events,
    "genres": lambda item: item.genres,
    "imageCreators": lambda item: (item.by, _roles(item.info_sources, "imageCreator")),
    "suppliers": lambda item: _roles(item.info_sources, "supplier"),
    "imageSupplierImageId": lambda item: item.alt_ids,
    "licensors": lambda item: _roles(item.info_sources, "licensor"),
    "locationCreated": lambda item: item.places,
    "locationsShown": lambda item: item.places,
    "personInImageNames": lambda item: item.people,
    "personsShown": lambda item: item.people,
    "productsShown": lambda item: _roles(item.subjects, "product"),
    "artworkOrObjects": lambda item: _roles(item.subjects, "artwork"),
    "contributors": lambda item: _roles(item.info_sources, "contributor"),
    "registryEntries": lambda item: item.alt_ids,
}
"""Where an item has a place for a field; those that are not here are named in `dragoman.lost` where they are said."""
_PART: dict[str, frozenset[str]] = {
    "copyrightOwners": frozenset({"CopyrightOwnerName", "CopyrightOwnerID"}),
    "licensors": frozenset({"LicensorName", "LicensorID", "LicensorEmail", "LicensorURL", "LicensorTelephone1"}),
    "locationsShown": frozenset({"Sublocation", "City", "ProvinceState", "CountryName", "LocationName"}),
    "locationCreated": frozenset({"Sublocation", "City", "ProvinceState", "CountryName", "LocationName"}),
    "personsShown": frozenset({"PersonName", "PersonId"}),
    "productsShown": frozenset({"ProductName", "ProductGTIN"}),
    "artworkOrObjects": frozenset({"AOTitle", "AOSourceInvNo"}),
    "contributors": frozenset({"Name", "Identifier", "Role"}),
    "aboutCvTerms": frozenset({"CvTermName", "CvTermId"}),
    "genres": frozenset({"CvTermName", "CvTermId"}),
    "registryEntries": frozenset({"RegItemId", "RegOrgId"}),
}
"""Of a structure, the parts that an item has a place for."""


def reference(data: Path) -> Iterator[Row]:
    """The fields of the reference pictures that an item has a place for, read right; and the hostile ones."""
    folder = data / "standards" / "iptc-photo"
    named = json.loads((folder / "techreference" / "iptc-pmd-techreference_2024.1.json").read_text("utf-8"))["ipmd_top"]
    pictures = sorted(folder.rglob("IPTC-PhotometadataRef-*.jpg"))
    right, named_lost, wrong, unnamed = 0, 0, [], []
    for path in pictures:
        body = path.read_bytes()
        item = _item(body)
        tree = etree.fromstring(_packet(body))
        for field, about in sorted(named.items()):
            texts = _texts(tree, about["XMPid"], _PART.get(field))
            if not texts:
                continue
            if field not in PLACES:
                named_lost += 1
                unnamed += [f"{path.name}: {field}"] if not _told(field, item) else []
                continue
            said = msgspec.json.encode(PLACES[field](item)).decode()
            missing = [text for text in texts if not _says(said, text)]
            right += not missing
            wrong += [f"{path.name}: {field}: {missing[:3]}"] if missing else []
    yield Row(
        "pictures: fields with a place, read right",
        share(right, right + len(wrong)),
        "≥ 99 %",
        right + len(wrong),
        tuple(wrong),
    )
    told = share(named_lost - len(unnamed), named_lost)
    yield Row("pictures: fields without a place, named as lost", told, "100 %", named_lost, tuple(unnamed))
    yield from _iim(folder)
    yield from _hostile(data / "hostile")
    yield from _provenance(data / "standards" / "c2pa")


LOST = {
    "extDescrAccessibility": "extended description",
    "additionalModelInfo": "additional model information",
    "embdEncRightsExprs": "rights expression",
    "linkedEncRightsExprs": "rights expression",
    "imageRating": "rating",
    "imageRegion": "image regions",
    "maxAvailHeight": "largest size available",
    "maxAvailWidth": "largest size available",
    "modelAges": "model age",
    "modelReleaseDocuments": "model release id",
    "propertyReleaseDocuments": "property release id",
}


def _told(field: str, item: Item) -> bool:
    return LOST.get(field, "") in item.ours.lost


def _item(body: bytes) -> Item:
    (unit,) = formats.decode(body, Hints(agency="partner"))
    assert unit.item is not None
    return unit.item


def _packet(body: bytes) -> bytes:
    start, end = body.find(b"<x:xmpmeta"), body.find(b"</x:xmpmeta>")
    return body[start : end + 12]


def _texts(tree: Any, name: str, parts: frozenset[str] | None) -> list[str]:
    """Every text in a property; of its `parts` alone, where they are named."""
    prefix, _, key = name.partition(":")
    found = []
    for element in tree.iter(f"{{{_SPACES[prefix]}}}{key}"):
        if element.getparent().tag != f"{_RDF}Description" or element.getparent().getparent().tag != f"{_RDF}RDF":
            continue  # the same name inside a structure
        for below in element.iter():
            inside = {one.tag.rpartition("}")[2] for one in (below, *below.iterancestors()) if isinstance(one.tag, str)}
            if (below.text or "").strip() and (parts is None or inside & parts):
                found.append(" ".join(below.text.split()))
    return found


def _says(said: str, text: str) -> bool:
    """Is the text in what the item says? Codes of PLUS by their last part, a time in any zone, dates by their day."""
    plain = json.dumps(text, ensure_ascii=False)[1:-1]
    shorter = text.rpartition("/")[2] if text.startswith("http://ns.useplus.org/") else text
    return plain in said or shorter in said or text.replace("Z", "+00:00") in said


def _iim(folder: Path) -> Iterator[Row]:
    """IIM alone of the picture whose datasets another program has read, and the charset samples."""
    right, of, misses = 0, 0, []
    for path in sorted(folder.rglob("*.jpg.json")):
        said = json.loads(path.read_text("utf-8"))[0]["IPTC"]
        body = next(folder.rglob(path.name.removesuffix(".json"))).read_bytes()
        ours = msgspec.json.encode(read_iim(blocks_of(body).iim)).decode()
        for name, value in said.items():
            for text in map(str, value if isinstance(value, list) else [value]):
                if name in ("ApplicationRecordVersion", "EnvelopeRecordVersion", "CodedCharacterSet"):
                    continue
                of += 1
                wanted = (
                    text.replace(":", "-")
                    if name == "DateCreated"
                    else text.rpartition(":")[2]
                    if ":" in text and name != "TimeCreated"
                    else text
                )
                if " ".join(wanted.split()) in " ".join(ours.split()):
                    right += 1
                else:
                    misses.append(f"{path.name}: {name}: {text}")
    yield Row("pictures: IIM as another program reads it", share(right, of), "≥ 99 %", of, tuple(misses))


# ---------------------------------------------------------------------------------------------- hostile

LABEL = label_of(
    Item(
        uri="urn:x",
        language="en",
        headlines=(Headline(value="A headline"),),
        descriptions=descriptions("en", {"en": "A caption."}, {}),
        usage_terms="Editorial use only.",
        dragoman=Profile(credit="LNA"),
    )
)


def _hostile(folder: Path) -> Iterator[Row]:
    """Every file read, and written into where it is a picture, each in a process of its own with `MEMORY` to spend."""
    files = [
        path
        for name in ("made-images", "exiftool-images", "pillow-images")
        for path in sorted((folder / name).rglob("*"))
        if path.is_file()
    ]
    bad, kinds, slowest = [], {"read": 0, "refused": 0, "written": 0, "pixels": 0}, 0.0
    for path in files:
        told, took = _apart(path)
        slowest = max(slowest, took)
        for kind in kinds:
            kinds[kind] += kind in told
        if "raised" in told or "died" in told or took > SECONDS:
            bad.append(f"{path.parent.name}/{path.name}: {told} {took:.2f} s")
    what = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
    yield Row(
        f"pictures: hostile files bounded ({what})",
        share(len(files) - len(bad), len(files)),
        "100 %",
        len(files),
        tuple(bad),
    )
    yield Row("pictures: the slowest hostile file", f"{slowest:.2f} s", f"≤ {SECONDS:.0f} s", len(files))


def _apart(path: Path) -> tuple[str, float]:
    """What became of the file, and the seconds it took. A process that ends otherwise than told has died."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what libraries say of damaged files
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
        os.write(writing, _judged(path).encode()[:4_000])
        os._exit(0)
    os.close(writing)
    start = time.perf_counter()
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read().decode()
    os.waitpid(child, 0)
    return told or "died", time.perf_counter() - start


def _judged(path: Path) -> str:
    body = path.read_bytes()
    try:
        (unit,) = formats.decode(body, Hints(format="picture", source=path.name))
        told = "read" if unit.item else f"refused {unit.problem.title if unit.problem else ''}"
        if unit.problem and unit.problem.title == "The document cannot be read":
            told += f" raised {unit.problem.detail}"
        try:
            written = written_into(body, LABEL).body
        except DragomanError:
            return told
        return f"{told} written {_compared(body, written)}"
    except BaseException as error:
        return f"raised {type(error).__name__}: {error}"


def _compared(before: bytes, after: bytes) -> str:
    """``pixels`` where both have the same, empty where the picture has none that can be read; else ``raised``."""
    try:
        header = read_header(before)
        if header.width * header.height > 4_000_000:
            return ""
        with quietly(), Image.open(io.BytesIO(before)) as one:
            wanted = one.tobytes()
    except Exception:
        return ""
    try:
        with quietly(), Image.open(io.BytesIO(after)) as other:
            return "pixels" if other.tobytes() == wanted else "raised: other pixels"
    except Exception as error:
        return f"raised: not read again: {error}"


def _provenance(folder: Path) -> Iterator[Row]:
    """The manifests of the fixtures, by what their names say of them: C valid, E and X not, A none, cloud elsewhere."""
    right, of, misses = 0, 0, []
    for path in sorted(folder.rglob("*.jpg")):
        found = vouched(path.read_bytes())
        verdict = found.verdict if found else "none"
        wanted = (
            "none" if path.stem == "A" else "elsewhere" if path.stem == "cloud"
            else "invalid" if path.stem in ("E-sig-CA", "CIE-sig-CA", "XCA") else "untrusted"
        )  # fmt: skip
        of += 1
        right += verdict == wanted
        misses += [] if verdict == wanted else [f"{path.name}: {verdict}, wanted {wanted}"]
    yield Row("pictures: C2PA manifests judged as they are", share(right, of), "100 %", of, tuple(misses))
