"""Which language a text is in."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.text.language import Language, identify, known_tag, think_of

SENTENCES = {
    "az": "Limanda yeni terminalın tikintisi başa çatıb, bu barədə idarədən məlumat verilib.",
    "en": "The ferry left the harbour at noon with sixty passengers on board.",
    "ru": "Мост через реку откроют весной, сообщили во вторник в управлении дорог.",
    "fr": "Le marché couvert ouvrira ses portes au printemps, a annoncé la mairie de la vallée.",
    "de": "Die Brücke über den Fluss wird im Frühjahr eröffnet, wie das Amt am Dienstag mitteilte.",
    "es": "El mercado de la costa abrirá en primavera, según anunció la autoridad portuaria.",
    "ar": "وصل القطار الأول إلى المدينة صباح اليوم بعد رحلة استمرت أربعة أيام.",
    "zh": "茶叶博物馆将于明年春天开放，三座城市共同承担费用。",
    "tr": "Köprünün ilkbaharda açılacağı, salı günü yapılan açıklamada bildirildi.",
    "fa": "پل روی رودخانه در بهار گشوده خواهد شد، گفت مدیر گمرک.",
    "uk": "Міст через річку відкриють навесні, повідомили у вівторок її будівельники.",
    "kk": "Өзен үстіндегі көпір көктемде ашылады деп хабарлады басқарма.",
    "ja": "橋は来年の春に開通する予定だと市が発表した。",
    "ko": "다리는 내년 봄에 개통될 예정이라고 시가 발표했다.",
    "ka": "ხიდი გაზაფხულზე გაიხსნება.",
    "he": "הגשר ייפתח באביב, הודיעה העירייה.",
    "el": "Η γέφυρα θα ανοίξει την άνοιξη.",
}


@pytest.mark.parametrize("tag", SENTENCES)
def test_a_sentence_is_known_by_its_letters_and_small_words(tag: str) -> None:
    found = identify(SENTENCES[tag])
    assert found.tag == tag
    assert found.confidence > 0.6


@pytest.mark.parametrize("text", ["", "   ", "12 345,6 %", "---", "\x07\x0b\ufffe", "😀😀", "x"])
def test_what_has_no_words_has_no_language(text: str) -> None:
    assert identify(text).tag == "und"


def test_a_declared_language_is_believed_unless_the_text_clearly_says_otherwise() -> None:
    assert identify(SENTENCES["az"], "az-Latn").tag == "az-Latn"
    assert identify("OK", "fr").tag == "fr"
    assert identify(SENTENCES["ru"], "en").tag == "ru"
    assert identify(SENTENCES["fr"], "en-us").tag == "fr"
    assert identify(SENTENCES["az"], "tr").tag in ("tr", "az")


def test_names_in_another_script_do_not_change_the_language() -> None:
    assert identify("新华社报道，Example Harbour Holdings 公司将在三座城市修建新的码头和仓库。").tag == "zh"

    assert identify("Northern Light Shipping ընկերությունը նոր նավ է գնել").tag == "hy"
    assert identify("Новое шоу Late Evening Talk with Friends вышло в эфир").tag == "ru"


@pytest.fixture
def az_en_ru() -> Iterator[None]:
    think_of(("az", "en", "ru"))
    yield
    think_of(())


def test_a_newsroom_says_which_languages_are_thought_of(az_en_ru: None) -> None:
    assert identify("Köprü bahar aylarında").tag != "tr"
    assert identify(SENTENCES["en"] * 20).tag == "en"
    assert identify(SENTENCES["tr"], "tr").tag == "tr"  # as its sender says
    assert identify(SENTENCES["zh"]).tag == "zh"  # its script leaves no choice
    assert identify("Köprü bahar aylarında", candidates=("tr", "de")).tag == "tr"


def test_a_long_text_in_a_language_that_is_not_thought_of_is_not_said_to_be_in_it(az_en_ru: None) -> None:
    assert identify(SENTENCES["fr"] * 20).tag != "fr"


@pytest.mark.parametrize("tag", ["qq", "az-Latn", "Azerbaijani", ""])
def test_what_nobody_can_tell_cannot_be_thought_of(tag: str) -> None:
    with pytest.raises(ValueError, match=f"^{tag}$"):
        think_of(("en", tag))
    assert identify(SENTENCES["de"]).tag == "de"


def test_candidates_limit_the_choice() -> None:
    assert identify("la casa", candidates=("fr", "it")).tag in ("fr", "it", "und")
    assert identify("Yeni körpü", candidates=("az", "en")).tag == "az"
    assert identify(SENTENCES["ru"], candidates=("uk", "bg")).tag in ("uk", "bg", "und")


WORDS = {
    "az": "müstəqillik nazirliyinin tikintisi görüşdü", "en": "government weather shipping although",
    "ru": "правительство объявили погода", "fr": "gouvernement bientôt chaussée", "de": "Verkehrswege geöffnet Brücke",
    "es": "gobierno ciudadanos anunciaron", "ar": "الحكومة أعلنت", "zh": "政府 桥", "tr": "açıklamasında yapıldığını değil",
    "uk": "повідомили відкриття держава", "fa": "گفتگوهای وزیران می‌شود", "kk": "үкімет хабарлады", "hy": "կամուրջ",
    "ka": "ხიდი",
}  # fmt: skip


@pytest.mark.parametrize(("tag", "word"), [(tag, word) for tag, words in WORDS.items() for word in words.split()])
def test_one_word_is_enough_where_it_is_a_languages_own(tag: str, word: str) -> None:
    assert identify(word).tag == tag


BEYOND = {
    "it": "Il presidente incontra i ministri a Roma", "pt": "A ponte foi inaugurada ontem pelo ministro",
    "nl": "De brug over de rivier wordt in het voorjaar geopend", "pl": "Most na rzece zostanie otwarty wiosną",
    "ro": "Podul peste râu va fi deschis în primăvară", "sv": "Bron över floden öppnas i vår, sade ministern",
    "be": "Мост праз раку адкрыюць вясной, паведаміў міністр", "bg": "Мостът над реката ще бъде открит през пролетта",
    "sr": "Мост преко реке биће отворен на пролеће", "ur": "دریا پر پل بہار میں کھولا جائے گا، وزیر نے بتایا۔",
    "ky": "Дарыянын үстүндөгү көпүрө жазында ачылат, деди министр",
}  # fmt: skip


@pytest.mark.parametrize("tag", BEYOND)
def test_copy_in_languages_beyond_the_newsrooms_is_still_known(tag: str) -> None:
    assert identify(BEYOND[tag]).tag == tag


@pytest.mark.parametrize("text", ["xqzt", "Brrr", "bbbbbbbbbbbbbbbb", "aaaa" * 5000, "Ð¿Ñ€ÐµÐ·Ð¸Ð´ÐµÐ½Ñ‚ Ð¿Ñ€Ð¸Ð½ÑÐ»", "Ø§Ù„Ø±Ø¦ÙŠØ³", "\ufffd\ufffd\ufffda\ufffd"])  # fmt: skip
def test_letters_that_are_no_words_have_no_language(text: str) -> None:
    assert identify(text) == Language("und", 0.0)


def test_names_several_languages_share_are_said_with_little_confidence() -> None:
    assert identify("Vural Sezgin").confidence < 0.9
    assert identify(SENTENCES["de"]).confidence > 0.95


@given(st.text(max_size=400), st.sampled_from(["", "az", "zh-Hant", "x"]))
def test_any_text_has_an_answer(text: str, declared: str) -> None:
    found = identify(text, declared)
    assert found.tag
    assert 0 <= found.confidence <= 1


@pytest.mark.parametrize(
    "text", ["a" * 10_000_000, "слово" * 100_000, "\x00" * 1_000_000, "aя中م" * 200_000, "\ud800 abc def " * 1000]
)
def test_a_text_without_end_is_looked_at_only_as_far_as_it_helps(text: str) -> None:
    began = perf_counter()
    identify(text)
    identify(text, "en")
    assert perf_counter() - began < 0.5


@pytest.mark.parametrize(("said", "tag"), [("en_US", "en-US"), ("Russian", "ru"), ("AZ", "az"), ("zh-hans-cn", "zh-Hans-CN"), ("aze", "az"), ("n/a", ""), ("", ""), ("und", ""), ("x" * 50, "")])  # fmt: skip
def test_a_declared_language_becomes_a_tag_or_nothing(said: str, tag: str) -> None:
    assert known_tag(said) == tag


SHARED = Path(__file__).parents[3] / "shared" / "data" / "bench" / "lid" / "lingua" / "sentences"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the development data is not beside the project")
def test_sentences_of_our_eight_languages_are_known() -> None:
    """Measured: 0.998 of 2,000 sentences, 250 a language."""
    right = total = 0
    for tag in ("az", "en", "ru", "fr", "de", "es", "ar", "zh"):
        lines = [line for line in (SHARED / f"{tag}.txt").read_text().splitlines() if line.strip()][:250]
        total += len(lines)
        right += sum(identify(line).tag == tag for line in lines)
    assert right / total >= 0.99


@pytest.mark.parametrize("tag", ["az", "en", "ru", "fr", "de", "es", "ar", "zh"])
def test_a_text_of_some_length_is_told_at_a_glance(tag: str) -> None:
    text = f"{SENTENCES[tag]} " * (1 + 500 // len(SENTENCES[tag]))
    assert identify(text).tag == tag
    assert identify(text).confidence >= 0.97
