"""Word documents: what is copy in them, and what is refused."""

import io
import zipfile
from datetime import UTC, datetime

import pytest

from dragoman import formats
from dragoman.model.arrival import Hints
from dragoman.model.item import Item

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
COPY = "SALT QUAY, May 13 (QA) - The ferry left the harbour at noon with sixty passengers on board."


def paragraph(text: str, *, style: str = "", run: str = "", listed: bool = False) -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    number = "<w:numPr><w:numId w:val='1'/></w:numPr>" if listed else ""
    return f"<w:p><w:pPr>{style}{number}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def document(*paragraphs: str, **more: bytes) -> bytes:
    body = f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
    core = (
        '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dcterms="http://purl.org/dc/terms/"><cp:keywords>sea, transport</cp:keywords>'
        "<dcterms:created>2026-05-13T09:00:00Z</dcterms:created></cp:coreProperties>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)
        archive.writestr("docProps/core.xml", core)
        archive.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="urn:r"><Relationship Id="r1" TargetMode="External" Target="https://quay.example/"/></Relationships>',
        )
        for name, content in more.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def one(data: bytes) -> Item:
    (unit,) = formats.decode(data, Hints(agency="quay", received=datetime(2026, 5, 13, tzinfo=UTC)))
    assert unit.item is not None, unit.problem
    return unit.item


def test_the_paragraphs_are_the_copy() -> None:
    link = '<w:p><w:hyperlink r:id="r1"><w:r><w:t>the quay</w:t></w:r></w:hyperlink></w:p>'
    gone = f"<w:p><w:del><w:r><w:t>deleted</w:t></w:r></w:del></w:p>{paragraph('hidden', run='<w:vanish/>')}"
    item = one(
        document(
            paragraph("The ferry sails again", style="Title"),
            paragraph(COPY),
            paragraph("It came back.", run="<w:b/>"),
            paragraph("one", listed=True),
            paragraph("two", listed=True),
            link,
            gone,
        )
    )
    assert item.headline == "The ferry sails again"
    assert item.ours.dateline is not None
    assert item.ours.dateline.place == "SALT QUAY"
    body = item.bodies[0].value
    assert "<p><strong>It came back.</strong></p>" in body
    assert "<ul><li>one</li><li>two</li></ul>" in body
    assert '<a href="https://quay.example/">the quay</a>' in body
    assert "deleted" not in body
    assert "hidden" not in body
    assert [each.name for each in item.subjects] == ["sea", "transport"]
    assert item.content_created == datetime(2026, 5, 13, 9, tzinfo=UTC)


def test_an_embargo_in_the_document_holds_it() -> None:
    item = one(document(paragraph("EMBARGO: 14 May 2026, 06:00 GMT"), paragraph(COPY)))
    assert item.embargoed_until == datetime(2026, 5, 14, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "data",
    [
        document(),
        document(paragraph("x" * 7_000_000)),
        document(paragraph(COPY))[:400] + b"word/document.xml",
        b"PK\x03\x04" + b"word/document.xml" * 3,
        document("<w:p><w:r><w:t>&evil;</w:t></w:r>"),
        document(paragraph(COPY), **{"word__document.xml2": b"x"}).replace(
            b"word/document.xml2", b"word/document.xml\x00"
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes) -> None:
    for unit in formats.decode(data, Hints(format="docx")):
        assert unit.item is not None or (unit.problem and unit.problem.title != "The document cannot be read"), (
            unit.problem
        )


def test_other_archives_are_no_document() -> None:
    assert formats.FORMATS["docx"].detect(b"PK\x03\x04" + bytes(200), Hints()) == 0.0
    assert formats.detect(document(paragraph(COPY)), Hints()).name == "docx"
