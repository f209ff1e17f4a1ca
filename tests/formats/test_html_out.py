"""An article's page out: what it says to people and to programs, that it comes back, that nothing in it runs."""

import json
import re

import html5lib
import pytest
from format_items import corrected_item, killed_item, restricted_item, through, wire_item
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dragoman import formats
from dragoman.model.arrival import Hints
from dragoman.model.item import Association, Body, Concept, Description, Headline, Item, Profile, Rendition

EVIL = (
    "</script><script>alert(1)</script>", "<!--<script>", "]]></script>", "\u2028</SCRIPT >", '"><img src=x onerror=alert(1)>', "' onmouseover='x",
    "</title><svg onload=x>", "</style><script>x</script>", "javascript:alert(1)", "<math><mtext><table><mglyph><style><img src=x onerror=x>",
    "&lt;script&gt;x&lt;/script&gt;", "</div></article><script>x</script>", "--></script>",
)  # fmt: skip
_ELEMENTS = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "link",
        "script",
        "style",
        "body",
        "article",
        "h1",
        "p",
        "time",
        "strong",
        "figure",
        "img",
        "figcaption",
        "div",
        "footer",
        "dl",
        "dt",
        "dd",
        "a",
        "b",
        "h2",
    ]
)


def written(item: Item) -> str:
    return formats.encode("html", [item]).body.decode()


def linked(text: str) -> dict[str, object]:
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return json.loads(script)  # type: ignore[no-any-return]


def test_the_page_is_an_article_of_schema_org() -> None:
    item = replace(
        restricted_item(),
        associations=(
            Association(
                name="picture-1",
                type="picture",
                uri="https://quay.example/1.jpg",
                renditions=(
                    Rendition(name="main", href="https://quay.example/1.jpg", width=9, height=6, title="The ferry"),
                ),
            ),
        ),
    )
    said = linked(written(item))
    assert said["@type"] == "NewsArticle"
    assert said["headline"] == "The ferry sails again"
    assert (
        said["articleBody"]
        == "The ferry left the harbour at noon with sixty passengers on board, and nobody knew when it would return."
    )
    assert (said["datePublished"], said["dateModified"]) == ("2026-05-13T09:30:00Z", "2026-05-13T13:45:00+04:00")
    assert (said["inLanguage"], said["creditText"], said["usageInfo"]) == (
        "en",
        "Harbour Agency / Example",
        item.usage_terms,
    )
    assert said["author"] == {"@type": "Person", "name": "Ada Placeholder"}
    assert said["image"] == [
        {"@type": "ImageObject", "url": "https://quay.example/1.jpg", "caption": "The ferry", "width": 9, "height": 6}
    ]
    assert said["conditionsOfAccess"] == "Not for publication before 2026-05-14T06:00:00Z"
    assert linked(written(corrected_item()))["correction"] == "It was two ferries."


def test_people_see_what_travels_with_the_copy() -> None:
    text = written(restricted_item())
    body = text[text.index("<body>") :]
    for words in (
        "EMBARGO: not for publication before 2026-05-14T06:00:00Z",
        "Harbour Agency / Example",
        "Own services only.",
        "Check the captain's name.",
    ):
        assert words in body
    assert '<meta name="robots" content="noindex, noarchive">' in text


def test_copy_taken_back_says_so_and_nothing_else() -> None:
    item = replace(killed_item(), bodies=wire_item().bodies, descriptions=(Description(value="A secret summary"),))
    text = written(item)
    assert "This copy is withdrawn" in text
    assert "KILLED: The ferry sails again" in text
    assert linked(text)["creativeWorkStatus"] == "Withdrawn"
    assert "sixty passengers" not in text
    assert "secret" not in text
    back = through("html", item)
    assert (back.pub_status, back.headline, back.version, back.bodies) == ("canceled", "The ferry sails again", "8", ())


def test_languages_written_from_the_right_are_set_so() -> None:
    item = wire_item(
        language="ar",
        bodies=(Body(value="<p>وصل القطار الأول إلى المدينة صباح اليوم بعد رحلة استمرت أربعة أيام.</p>"),),
    )
    assert '<html lang="ar" dir="rtl">' in written(item)
    assert '<article lang="ar" dir="rtl">' in written(item)


def test_several_items_are_one_page_and_come_back_in_order() -> None:
    items = [
        wire_item(uri=f"urn:example:{number}", headlines=(Headline(value=f"Ferry {number}"),)) for number in range(3)
    ]
    body = formats.encode("html", items).body
    found = formats.decode(body, Hints())
    assert [(each.item.uri, each.item.headline) for each in found if each.item] == [
        (f"urn:example:{n}", f"Ferry {n}") for n in range(3)
    ]
    assert len(linked(body.decode())["@graph"]) == 3  # type: ignore[arg-type]


@pytest.mark.parametrize("evil", EVIL)
def test_no_value_becomes_markup(evil: str) -> None:
    rendition = Rendition(name="main", href=f"https://quay.example/{evil}", title=evil)
    item = wire_item(
        headlines=(Headline(value=evil), Headline(value=evil)),
        by=evil,
        slugline=evil,
        located=evil,
        usage_terms=evil,
        ed_note=evil,
        language="en",
        descriptions=(Description(value=evil),),
        bodies=(Body(value=f"<p>{evil}</p>"),),
        subjects=(Concept(name=evil, uri=evil),),
        people=(Concept(name=evil),),
        associations=(Association(name=evil, type="picture", uri=evil, renditions=(rendition,)),),
        dragoman=Profile(credit=evil),
    )
    _check(formats.encode("html", [item], formats.EncodeContext(title=evil, language=evil)).body.decode())
    _check(formats.encode("html", [item, item], formats.EncodeContext(title=evil, language=evil)).body.decode())


@given(st.text(max_size=120))
def test_whatever_is_written_is_text(text: str) -> None:
    _check(written(wire_item(headlines=(Headline(value=text),), usage_terms=text, dragoman=Profile(credit=text))))


def _check(text: str) -> None:
    scripts = 0
    for element in html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag in _ELEMENTS, element.tag
        assert not any(name.startswith("on") or name in ("style", "srcdoc") for name in element.attrib), element.attrib
        assert not element.get("href", "https://").lower().startswith("javascript")
        if element.tag == "script":
            scripts += 1
            assert element.get("type") == "application/ld+json"
            json.loads(element.text or "")
    assert scripts == 1
