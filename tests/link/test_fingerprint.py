"""The fingerprint of a copy: the same for the same words whatever the road made of them, another for any other word."""

from datetime import UTC, datetime

import pytest

from dragoman import formats
from dragoman.formats import EncodeContext
from dragoman.link.copies import SHORTEST, fingerprint, sketch, terms
from dragoman.model.arrival import Hints
from dragoman.model.item import Block, Body, Dateline, Headline, Item, Profile

HEAD = "Ferry carries cyclists free"
TEXT = (
    "The ferry company of Lindholm will carry cyclists free of charge from Monday until the end of the summer timetable.",
    "Its director Ada Quill told the harbour council so, which had asked for it since spring; the council’s “ferry fund” pays.",
    "Tickets for cars stay at 14.50 crowns, at -3 degrees and below there is no service.",
)


def item(*lines, headline=HEAD, **more):
    lines = lines or TEXT
    profile = Profile(blocks=tuple(Block(kind="paragraph", text=line) for line in lines), **more.pop("profile", {}))
    body = Body(value="".join(f"<p>{line}</p>" for line in lines))
    return Item(uri="a:1", headlines=(Headline(value=headline),), bodies=(body,), dragoman=profile, **more)


SAME = {
    "capitals": item(*(line.upper() for line in TEXT), headline=HEAD.upper()),
    "typewriter's signs": item(*(line.replace("“", '"').replace("”", '"').replace("’", "'") for line in TEXT)),
    "other paragraphs": item(" ".join(TEXT)),
    "white space": item(*(line.replace(" ", "\u00a0  ") for line in TEXT)),
    "a soft hyphen": item(*(line.replace("harbour", "har\u00adbour") for line in TEXT)),
    "a dateline": item(profile={"dateline": Dateline(text="LINDHOLM, May 3 (VAL) - ", place="Lindholm")}),
    "an end mark": item(*TEXT, "(END)"),
    "a signature": item(*TEXT[:2], f"{TEXT[2]} /VAL/"),
    "page marks": item("nr 0417", *TEXT, "-0-", "ab/cd"),
    "furniture": item(*TEXT, "Share on Facebook"),
    "a headline that opens the text": item(HEAD, *TEXT),
    "another place and hour": item(urgency=2, by="A. Reporter", version_created=datetime(2026, 5, 3, tzinfo=UTC)),
}
OTHER = {
    "a word": item(TEXT[0].replace("Monday", "Tuesday"), *TEXT[1:]),
    "a figure": item(*TEXT[:2], TEXT[2].replace("14.50", "14.60")),
    "a decimal sign": item(*TEXT[:2], TEXT[2].replace("14.50", "14 50")),
    "a minus": item(*TEXT[:2], TEXT[2].replace("-3", "3")),
    "the order": item(TEXT[1], TEXT[0], TEXT[2]),
    "a sentence more": item(*TEXT, "There are forty seats."),
    "the headline": item(headline="Ferry free for cyclists"),
}


@pytest.mark.parametrize("name", SAME)
def test_the_road_makes_no_difference(name):
    assert fingerprint(SAME[name]) == fingerprint(item()) != b""


@pytest.mark.parametrize("name", OTHER)
def test_any_word_and_figure_does(name):
    assert fingerprint(OTHER[name]) not in (b"", fingerprint(item()))


@pytest.mark.parametrize("name", ["newsml-g2", "nitf", "ninjs", "text", "rss", "atom"])
def test_another_format_is_the_same_copy(name):
    """Our own item written in each format and read again."""
    first = item()
    document = formats.encode(name, [first], EncodeContext()).body
    again = formats.decode(document, Hints(format=name, agency="VAL"))[0].item
    assert fingerprint(again) == fingerprint(first)


def test_a_flash_and_a_picture_have_none():
    assert fingerprint(item("Ferry free for cyclists.")) == b""
    assert fingerprint(item(" ".join(["word"] * (SHORTEST - 5)), headline="")) == b""
    assert fingerprint(item(type="picture")) == b""
    assert fingerprint(Item(uri="a:1")) == b""


def test_a_table_of_two_origins_is_two_copies():
    table = item(*(f"Town {number}: {number} to {number + 9} degrees, wind {number}" for number in range(12)))
    assert fingerprint(table, "VAL") == fingerprint(table, "VAL") != fingerprint(table, "MER")
    assert fingerprint(item(), "VAL") == fingerprint(item(), "MER")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Komissiya İyunun sonunda İsmayıllıda toplanacaq və qış üçün yol planını təsdiq edəcək, deyə sədr Aydın Qurbanov bildirib. "
         "O, layihənin üç il davam edəcəyini və on iki körpünün təmir olunacağını da söyləyib.", str.lower),
        ("وَقال المدير إن العبّارة ستنقل الدراجين مجانًا من يوم الاثنين حتى نهاية جدول الصيف، وأضاف أن المجلس طلب ذلك منذ الربيع وأن "
         "أسعار السيارات تبقى كما هي", lambda text: text.replace("َ", "").replace("ّ", "").replace("ً", "")),
        ("林德霍尔姆渡轮公司从星期一起到夏季时刻表结束免费运送骑自行车的人，公司经理对港口委员会说，汽车票价保持不变，冬天没有班次。",
         lambda text: text.replace("，", ", ").replace("。", ".")),
    ],
)  # fmt: skip
def test_case_vowels_and_width_make_no_difference(one, two):
    assert fingerprint(item(one, headline="")) == fingerprint(item(two(one), headline="")) != b""


def test_what_is_asked_of_users_is_told_apart_from_its_layout():
    assert terms(item()) == b""
    assert terms(item(usage_terms="Not for  BROADCAST")) == terms(item(usage_terms="not for broadcast"))
    assert terms(item(usage_terms="x")) != terms(item(ed_note="x"))


def test_versions_of_one_item_share_a_sign():
    longer = item(TEXT[0], "New: a second line is added.", *TEXT[1:], headline="Cyclists travel free")
    assert set(sketch(longer)) & set(sketch(item()))
    assert not set(sketch(OTHER["the order"])) - set(sketch(OTHER["the order"]))


def test_hostile_text_costs_no_more_than_its_length():
    for text in ("." * 200_000, "1." * 100_000, "\u0301" * 100_000, "(" * 100_000, "\ud800 " * 1_000, "- " * 100_000):
        fingerprint(item(text))
