"""The parts of a page: header, furniture, headline, summary, sub-headings, lists."""

import pytest

from dragoman.read.calendar import PartialDate
from dragoman.read.furniture import furniture
from dragoman.read.header import read_header, stamp
from dragoman.read.page import read_page
from dragoman.read.structure import blocks_of, is_heading, take_apart

FURNITURE = {
    "share buttons": ["Share", "Поделиться:", "Partager sur Facebook", "Artikel teilen", "Compartir", "Paylaş", "شارك", "分享到微信", "Facebook | Twitter | Telegram"],
    "print button": ["Print", "Версия для печати", "Imprimer", "Drucken", "Imprimir", "Çap et", "طباعة", "打印本页"],
    "view counter": ["Views: 1,234", "Просмотров: 345", "Vues : 12", "Aufrufe: 7", "Visitas: 9", "Oxunub: 234", "عدد المشاهدات: 540", "浏览次数：88", "1 024 views"],
    "link to other copy": ["Read more: The ferry", "Читайте также:", "Lire aussi : Le pont", "Lesen Sie auch", "Lea también: x", "Həmçinin oxuyun", "اقرأ أيضا: خبر", "相关阅读"],
    "photo credit": ["© Сергей Образцов/Вестник", "Photo: A. Sample", "Фото: архив", "Crédit photo : X", "Foto: Archiv", "صورة: أرشيف", "图片来源：资料"],
    "rights notice": ["© 2022 Caucasus Wire. All rights reserved.", "Все права защищены", "Tous droits réservés", "Alle Rechte vorbehalten", "Bütün hüquqlar qorunur", "جميع الحقوق محفوظة", "版权所有"],
    "tags": ["Tags: sea, ferry", "Теги: море", "Mots-clés : mer", "Açar sözlər: dəniz", "标签：海", "#sea #ferry"],
    "comments": ["Comments (3)", "Комментарии (0)", "Kommentare", "2 comentarios", "评论"],
    "navigation": ["Home > News > Culture", "Главная / Политика / Мир", "Back to top", "Наверх", "A- A A+", "3 min read", "返回首页"],
    "subscription": ["Subscribe to our newsletter", "Подписывайтесь на наш канал", "Abonnez-vous à la lettre", "Suscríbete", "订阅我们的频道"],
    "advertisement": ["Advertisement", "Реклама", "Publicité", "Anzeige", "Reklam", "广告"],
}  # fmt: skip


@pytest.mark.parametrize(("line", "reason"), [(line, reason) for reason, lines in FURNITURE.items() for line in lines])
def test_page_furniture_is_known_in_every_language(line: str, reason: str) -> None:
    assert furniture(line) == reason


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell on Monday.",
        "Print media in the valley are growing.",
        "The views of the council differ.",
        "Photographers from six countries came.",
        "Реклама на улицах города запрещена с января.",
        "Печать газеты прекращена.",
        "Comments by the mayor were not available.",
        "More than 300 visits were counted.",
        "The copyright law of 2022 was changed.",
        "Подписание договора отложено.",
        "L'annonce a été faite lundi.",
        "Paylaşım müqaviləsi imzalanıb.",
    ],
)
def test_copy_that_speaks_of_such_things_is_no_furniture(line: str) -> None:
    assert furniture(line) == ""


@pytest.mark.parametrize("line", ["a" * 240, "> " * 120, "#a " * 80, "aa > " * 48, "1 " * 120, "подписаться " * 20, "share facebook " * 16, "print pdf " * 24])  # fmt: skip
def test_no_line_takes_long_to_judge(line: str) -> None:
    assert isinstance(furniture(line), str)


@pytest.mark.parametrize(
    ("line", "date", "rest"),
    [
        (" date 2023-05-23", PartialDate(2023, 5, 23), ""),
        (" date 2021-02 Lyon, 19 février, X", PartialDate(2021, 2), "Lyon, 19 février, X"),
        ("date 2021 Lyon, 19 février, X", PartialDate(2021), "Lyon, 19 février, X"),
        ("Published: 2023-05-23T10:00:00+04:00", PartialDate(2023, 5, 23), ""),
        ("Дата публикации: 23 мая 2023 г.", PartialDate(2023, 5, 23), ""),
        ("Publié le 1er mars 2021", PartialDate(2021, 3, 1), ""),
        ("Datum: 13.03.2024", PartialDate(2024, 3, 13), ""),
        ("Fecha: 2 de enero de 2020", PartialDate(2020, 1, 2), ""),
        ("التاريخ: ١١ أبريل ٢٠٢٢", PartialDate(2022, 4, 11), ""),
        ("发布时间：2021年9月2日 10:15", PartialDate(2021, 9, 2), ""),
        ("Tarix: 7 mart 2024", PartialDate(2024, 3, 7), ""),
        ("2021-09-02 10:15", PartialDate(2021, 9, 2), ""),
    ],
)
def test_a_header_line_gives_its_date_and_what_follows_it(line: str, date: PartialDate, rest: str) -> None:
    header, behind = read_header(f"{line}\nNext.")
    assert header.date == date
    assert behind == (f"{rest}\nNext." if rest else "Next.")


@pytest.mark.parametrize("text", ["2021 was a good year.", "The date 2021-02 is wrong.", "Title: the word is old.", "Dates and figs.", "12 apples.", "date of birth unknown"])  # fmt: skip
def test_a_text_that_begins_with_a_number_or_a_word_has_no_header(text: str) -> None:
    header, behind = read_header(text)
    assert (header.date, header.fields, behind) == (None, (), text)


def test_a_line_that_is_only_a_date_is_a_stamp() -> None:
    assert stamp("23.05.2023 14:20") == PartialDate(2023, 5, 23)
    assert stamp("23.05.2023 the council met") is None


def test_titles_behind_read_also_are_not_sub_headings() -> None:
    page = read_page("The ferry sails.\n\nRead also:\n\nA museum opens\n\nThe bridge is closed\n\n12 views")
    assert page.paragraphs == ("The ferry sails.",)
    assert [each.reason for each in page.removed] == ["link to other copy"] * 3 + ["view counter"]


def test_a_sub_heading_behind_such_a_link_stays() -> None:
    page = read_page(
        "The ferry sails.\n\nRead also: A museum opens\n\nA question of money\n\nThe bank has promised to pay for half of the work."
    )
    assert page.paragraphs[1] == "A question of money"


@pytest.mark.parametrize(("text", "heading"), [("A question of money", True), ("What happens next?", True), ("It sails.", False), ("Three things:", False), ("Деньги", True), ("展品来自民间", True), ("展品来自民间。", False), ("x" * 200, False), ("“It sails”", False)])  # fmt: skip
def test_a_heading_is_short_and_has_no_full_stop(text: str, heading: bool) -> None:
    assert is_heading(text) is heading


def test_lists_tables_and_quotes_are_told_by_their_signs() -> None:
    blocks = blocks_of(
        [
            "Said:",
            "- one",
            "- two",
            "1. a",
            "2. b",
            "x\ty",
            "1\t2",
            "“All of it is a quotation, from end to end.”",
            "## Head",
            "The end.",
        ]
    )
    assert [(each.kind, each.text) for each in blocks[1:]] == [
        ("list", "one\ntwo"),
        ("list", "a\nb"),
        ("table", "x\ty\n1\t2"),
        ("quote", "“All of it is a quotation, from end to end.”"),
        ("subheading", "Head"),
        ("paragraph", "The end."),
    ]


def test_what_stands_between_headline_and_dateline_is_the_summary() -> None:
    copy = take_apart(
        [
            "The ferry sails",
            "It is the first crossing in two years.",
            "BAKU, May 3. /TASS/. The ferry left at noon.",
            "It is red.",
        ]
    )
    assert (copy.headline, copy.summary, [each.text for each in copy.body]) == (
        "The ferry sails",
        ("It is the first crossing in two years.",),
        ["The ferry left at noon.", "It is red."],
    )


def test_a_headline_behind_the_dateline_is_still_the_headline() -> None:
    copy = take_apart(
        [
            "Baku, 3 May, AZERTAC",
            "The ferry sails again after two years",
            "It left at noon with sixty passengers.",
            "It is red.",
        ]
    )
    assert copy.headline == "The ferry sails again after two years"


def test_a_headline_said_twice_is_told_once() -> None:
    copy = take_apart(["The ferry sails", "The ferry sails", "It left at noon.", "It is red."])
    assert [each.reason for each in copy.removed] == ["repeated headline"]
    assert [each.text for each in copy.body] == ["It left at noon.", "It is red."]
