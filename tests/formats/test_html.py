"""An article's page in: what schema.org, metas and markup say; what is refused."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from dragoman import formats
from dragoman.model.arrival import Hints
from dragoman.model.item import TRANSLATION_OF, Item

TEXT = (
    "The ferry left the harbour at noon with sixty passengers on board, and nobody knew when it would return.",
    'The harbour office said on Wednesday that the crossing would be open all summer, from <a href="https://quay.example/new">the new quay</a>.',
    "Captain Placeholder told reporters that the engines had been <b>repaired</b> twice during the winter.",
    "Tickets cost four crowns, and children travel free of charge until the end of June.",
)
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in TEXT)
ADDRESS = "https://quay.example/2026/ferry"
ARTICLE = {
    "@context": "https://schema.org",
    "@type": ["NewsArticle"],
    "headline": "The ferry sails again",
    "description": "The first crossing in two years",
    "datePublished": "2026-05-13T09:30:00+04:00",
    "dateModified": "2026-05-13T10:00:00Z",
    "author": [{"@type": "Person", "name": "Ada Placeholder"}, {"@id": "#bo"}],
    "publisher": {"@type": "NewsMediaOrganization", "name": "Quay Agency"},
    "inLanguage": "en",
    "keywords": "sea, transport",
    "articleSection": "Economy",
    "contentLocation": {"@type": "City", "name": "Salt Quay"},
    "mentions": [{"@type": "Person", "name": "Cy Example", "sameAs": "https://people.example/cy"}],
    "creditText": "Quay Agency / Placeholder",
    "usageInfo": "https://quay.example/terms",
    "image": {
        "@type": "ImageObject",
        "url": "https://quay.example/1.jpg",
        "width": 1200,
        "height": "800",
        "caption": "The ferry",
    },
    "translationOfWork": {"@type": "NewsArticle", "@id": "https://quay.example/ru/parom", "inLanguage": "ru"},
}


def page(
    *,
    body: str = f"<article><h1>The ferry sails again</h1>{PARAGRAPHS}</article>",
    linked: object = None,
    head: str = "",
    title: str = "The ferry sails again | Quay Agency",
) -> bytes:
    script = (
        f'<script type="application/ld+json">{linked if isinstance(linked, str) else json.dumps(linked)}</script>'
        if linked
        else ""
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}{script}</head>'
        f'<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>{body}<footer>© Quay Agency</footer></body></html>'
    ).encode()


def one(data: bytes, **hints: object) -> Item:
    (unit,) = formats.decode(data, Hints(agency="quay", received=datetime(2026, 5, 14, tzinfo=UTC), **hints))  # type: ignore[arg-type]
    assert unit.item is not None, unit.problem
    return unit.item


def refused(data: bytes) -> str:
    (unit,) = formats.decode(data, Hints(agency="quay"))
    assert unit.problem is not None, unit.item
    assert unit.problem.hint
    return f"{unit.problem.title}: {unit.problem.detail}"


def test_what_schema_org_says_is_the_item() -> None:
    graph = {
        "@graph": [
            {"@type": "WebSite", "name": "Quay"},
            ARTICLE,
            {"@type": "Person", "@id": "#bo", "name": "Bo Example"},
        ]
    }
    item = one(page(linked=graph, head=f'<link rel="canonical" href="{ADDRESS}">'))
    assert (item.uri, item.headline, item.language) == (ADDRESS, "The ferry sails again", "en")
    assert item.first_created == datetime(2026, 5, 13, 9, 30, tzinfo=timezone(timedelta(hours=4)))
    assert item.version_created == datetime(2026, 5, 13, 10, 0, tzinfo=UTC)
    assert item.by == "Ada Placeholder, Bo Example"
    assert [each.name for each in item.info_sources] == ["Quay Agency"]
    assert [(each.name, each.role) for each in item.subjects] == [
        ("sea", ""),
        ("transport", ""),
        ("Economy", "section"),
    ]
    assert ([each.name for each in item.places], item.people[0].uri) == (["Salt Quay"], "https://people.example/cy")
    assert (item.ours.credit, item.usage_terms) == ("Quay Agency / Placeholder", "https://quay.example/terms")
    assert item.descriptions[0].value == "The first crossing in two years"
    picture, original = item.associations
    assert (picture.uri, picture.renditions[0].width, picture.renditions[0].height) == (
        "https://quay.example/1.jpg",
        1200,
        800,
    )
    assert (original.rel, original.uri, original.language) == (TRANSLATION_OF, "https://quay.example/ru/parom", "ru")
    texts = [block.text for block in item.ours.blocks if block.kind == "paragraph"]
    assert len(texts) == 4
    assert '<a href="https://quay.example/new">the new quay</a>' in item.bodies[0].value
    assert "Home" not in item.bodies[0].value


def test_without_schema_org_the_metas_count_and_then_the_page() -> None:
    head = (
        '<meta property="og:title" content="The ferry sails again"><meta property="og:type" content="article">'
        f'<meta property="og:url" content="{ADDRESS}"><meta property="og:image" content="https://quay.example/1.jpg">'
        '<meta property="article:published_time" content="2026-05-13T09:30:00Z"><meta name="author" content="Ada Placeholder">'
        '<meta name="news_keywords" content="sea, transport"><meta property="og:site_name" content="Quay Agency">'
    )
    item = one(page(head=head))
    assert (item.uri, item.headline, item.by) == (ADDRESS, "The ferry sails again", "Ada Placeholder")
    assert item.first_created == datetime(2026, 5, 13, 9, 30, tzinfo=UTC)
    assert [each.name for each in item.subjects] == ["sea", "transport"]
    assert item.associations[0].uri == "https://quay.example/1.jpg"
    bare = one(page())
    assert (bare.headline, bare.uri.startswith("urn:dragoman:")) == ("The ferry sails again", True)
    assert one(page(), source=ADDRESS).uri == ADDRESS


def test_microdata_is_read_where_there_is_no_json() -> None:
    body = (
        '<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Ferry back</h1>'
        '<time itemprop="datePublished" datetime="2026-05-13T09:30:00Z">May 13</time><span itemprop="author">Ada Placeholder</span>'
        f'<div itemprop="articleBody">{PARAGRAPHS}</div></article>'
    )
    item = one(page(body=body))
    assert (item.headline, item.by) == ("Ferry back", "Ada Placeholder")
    assert item.first_created == datetime(2026, 5, 13, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "broken",
    [
        '{"@type": "NewsArticle", "headline": "Ferry back",}',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Ferry back"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Ferry back", "description": "two\nlines"}',
        '[{"@type": "BreadcrumbList"}, [{"@type": "http://schema.org/ReportageNewsArticle", "headline": "Ferry back"}]]',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Ferry back&quot;}",
        '{"@type": "NewsArticle", "headline": "Ferry &amp; back"}',
    ],
)
def test_broken_json_is_read_as_far_as_it_goes(broken: str) -> None:
    assert one(page(linked=broken)).headline in ("Ferry back", "Ferry & back")


def test_json_nobody_can_read_leaves_the_page() -> None:
    for broken in (
        '{"@type": "NewsArticle", "headline": ',
        "[" * 100_000,
        '{"@type": {"a": []}, "headline": 7}',
        "\x00\x01",
    ):
        assert one(page(linked=broken)).headline == "The ferry sails again"


def test_where_the_page_shows_a_beginning_the_whole_text_is_that_of_schema_org() -> None:
    whole = ARTICLE | {
        "articleBody": "\n".join(text.replace("<b>", "").replace("</b>", "") for text in TEXT),
        "isAccessibleForFree": False,
    }
    item = one(
        page(
            linked=whole,
            body="<article><h1>The ferry sails again</h1><p>The ferry left the harbour at noon.</p></article>",
        )
    )
    assert "Tickets cost four crowns" in item.bodies[0].value
    assert any("paywall" in word for word in item.ours.lost)


def test_an_embargo_on_the_page_holds_the_copy() -> None:
    item = one(
        page(
            body=f"<article><h1>The ferry sails again</h1><p>EMBARGO: 14 May 2026, 06:00 GMT</p>{PARAGRAPHS}</article>"
        )
    )
    assert item.embargoed_until == datetime(2026, 5, 14, 6, 0, tzinfo=UTC)
    assert (
        "embargo" in refused(page(body=f"<article><p>EMBARGO: until further notice</p>{PARAGRAPHS}</article>")).lower()
    )


def test_a_page_in_another_charset_is_read_as_it_says() -> None:
    text = "".join(
        f"<p>Мост через реку откроют весной, сообщили во вторник в управлении дорог области, день {n}.</p>"
        for n in range(4)
    )
    data = (
        page(body=f"<article><h1>Мост откроют</h1>{text}</article>", title="Мост откроют")
        .decode()
        .replace("utf-8", "windows-1251")
    )
    assert "Мост через реку" in one(data.encode("cp1251")).bodies[0].value


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (page(title="404 Not Found", body="<h1>Not Found</h1><p>The page you asked for is not here.</p>"), "error page"),
        (page(title="Страница не найдена", body="<p>Такой страницы нет.</p>"), "error page"),
        (page(title="Just a moment...", body="<p>Checking your browser before you go on.</p>"), "robot"),
        (page(title="Sign in", body="<form><input name=u><input type=password name=p></form>"), "login"),
        (page(body="<ul>" + "".join(f'<li><a href="/{n}">The ferry number {n} left the harbour again today</a></li>' for n in range(50)) + "</ul>"), "list of links"),
        (page(linked={"@type": "CollectionPage", "name": "News"}), "list"),
        (page(body="<p>Hello.</p>"), "hardly any text"),
        (b"<!doctype html><html></html>", "hardly any text"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_refused_with_the_reason(data: bytes, why: str) -> None:
    assert why in refused(data)


def test_an_article_about_an_error_is_an_article() -> None:
    assert (
        one(page(title="404 people at the quay", linked=ARTICLE | {"headline": "404 people at the quay"})).headline
        == "404 people at the quay"
    )


def test_nothing_that_runs_gets_into_the_body() -> None:
    evil = '<p onclick="x()">The ferry <script>x()</script><a href="javascript:x()">left</a> <img src=x onerror=x()></p><iframe src=x></iframe>'
    body = one(page(body=f"<article><h1>T</h1>{evil}{PARAGRAPHS}</article>", linked=ARTICLE)).bodies[0].value
    for sign in ("script", "onclick", "javascript", "onerror", "iframe", "img"):
        assert sign not in body


def test_pages_are_told_from_pieces_of_html() -> None:
    assert formats.detect(page(), Hints()).name == "html"
    assert (
        formats.detect(
            b"\xef\xbb\xbf<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html xmlns='http://www.w3.org/1999/xhtml'><head>",
            Hints(),
        ).name
        == "html"
    )
    for piece in (b"<p>The ferry left.</p><p>It is back.</p>", b"<div><b>Salt Quay</b>, 3 May. The ferry left.</div>"):
        assert formats.detect(piece, Hints()).name == "text"


def test_a_page_of_many_megabytes_is_cut_down_or_refused() -> None:
    script = page(head=f"<script>var x = '{'x' * 5_000_000}'</script>", linked=ARTICLE)
    assert one(script).headline == "The ferry sails again"
    assert "too large" in refused(page(body="x" * 17_000_000))
    assert (
        one(page(linked=ARTICLE | {"articleBody": "\n".join(TEXT)}, body="<i>x</i>" * 400_000)).headline
        == "The ferry sails again"
    )
