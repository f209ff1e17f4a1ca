"""What was said on the record, as passages of an item in one language; what nobody has translated says so. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

from dragoman.model.floor import Answer, Question
from dragoman.planning.floor.hall import Asked, Hall

Part = Literal["question", "answer"]


class Passage(Struct, frozen=True, kw_only=True):
    """One paragraph: who speaks, what was said. `language` is that of the text; `foreign`: it is not the transcript's.
    `speaker` is empty for an asker who stays unnamed."""

    part: Part
    speaker: str
    outlet: str = ""
    text: str
    language: str
    foreign: bool = False


class Paragraph(Struct, frozen=True, kw_only=True):
    """A paragraph as printed, and the language it is in."""

    text: str
    language: str


class Labels(Struct, frozen=True, kw_only=True):
    """What a transcript says between the passages, in its own language: `unnamed` for an asker, `foreign` with
    ``{language}`` before what is not translated, `question` and `answer` before who speaks."""

    question: str
    answer: str
    unnamed: str
    foreign: str
    colon: str = ": "


LABELS: Final[Mapping[str, Labels]] = {
    "en": Labels(question="Question", answer="Answer", unnamed="a journalist", foreign="[in {language}]"),
    "az": Labels(question="Sual", answer="Cavab", unnamed="jurnalist", foreign="[orijinalın dili: {language}]"),
    "ru": Labels(question="Вопрос", answer="Ответ", unnamed="журналист", foreign="[язык оригинала: {language}]"),
    "fr": Labels(question="Question", answer="Réponse", unnamed="un journaliste", foreign="[en {language}]"),
    "de": Labels(question="Frage", answer="Antwort", unnamed="aus dem Saal", foreign="[Originalsprache: {language}]"),
    "es": Labels(question="Pregunta", answer="Respuesta", unnamed="un periodista", foreign="[en {language}]"),
    "ar": Labels(question="سؤال", answer="جواب", unnamed="صحفي", foreign="[اللغة الأصلية: {language}]"),
    "zh": Labels(question="问", answer="答", unnamed="记者", foreign="[原文为{language}]", colon="："),
}
"""Other languages are labelled in English."""


def labels(language: str) -> Labels:
    return LABELS.get(language.split("-")[0], LABELS["en"])


def passages(hall: Hall, language: str, names: Mapping[str, str] | None = None) -> tuple[Passage, ...]:
    """Every answered question on the record with its answers, in the order in which they were answered.

    `names`: what a speaker, or an agency's code, is called in this language, where that is known.
    """
    called = names or {}
    found: list[Passage] = []
    answered = [one for one in hall.public() if one.standing == "answered" and one.answers]
    for one in sorted(answered, key=_answered_at):
        found.append(_question(one, language, called))
        found += [
            _passage(
                "answer", called.get(given.answer.speaker, given.answer.speaker), given.answer, given.said, language
            )
            for given in one.answers
        ]
    return tuple(found)


def printed(found: Sequence[Passage], language: str, tongues: Mapping[str, str]) -> tuple[Paragraph, ...]:
    """The passages as paragraphs, who speaks before the first of each. What is not translated stands in paragraphs of its own,
    so that each runs its own way. `tongues`: what languages are called in this one."""
    said = labels(language)
    paragraphs: list[Paragraph] = []
    for one in found:
        texts = [part for part in one.text.split("\n\n") if part.strip()]
        opening = _opening(one, said)
        if one.foreign:
            mark = said.foreign.format(language=_called(one.language, tongues))
            paragraphs.append(Paragraph(text=f"{opening}{said.colon}{mark}", language=language))
        else:
            paragraphs.append(Paragraph(text=f"{opening}{said.colon}{texts.pop(0)}", language=language))
        paragraphs += [Paragraph(text=text, language=one.language) for text in texts]
    return tuple(paragraphs)


def _opening(one: Passage, said: Labels) -> str:
    who = f"{one.speaker or said.unnamed} ({one.outlet})" if one.outlet else one.speaker or said.unnamed
    return f"{said.question if one.part == 'question' else said.answer} · {who}"


def _called(language: str, tongues: Mapping[str, str]) -> str:
    return tongues.get(language.split("-")[0], language)


def _answered_at(one: Asked) -> tuple[float, str]:
    first = one.answers[0]
    return (first.answer.at or first.made.at).timestamp(), one.id


def _question(one: Asked, language: str, called: Mapping[str, str]) -> Passage:
    question: Question = one.question
    if question.anonymous:
        return _passage("question", "", question, one.said, language)
    outlet = question.outlet or called.get(question.agency, question.agency)
    return _passage("question", question.asker, question, one.said, language, outlet=outlet)


def _passage(
    part: Part, speaker: str, said: Question | Answer, others: Mapping[str, str], language: str, outlet: str = ""
) -> Passage:
    own = _same(said.language, language)
    text = said.text if own else _in(others, language) or said.text
    foreign = not own and not _in(others, language) and bool(said.language)
    spoken = said.language if foreign else language
    return Passage(part=part, speaker=speaker, outlet=outlet, text=text, language=spoken, foreign=foreign)


def _same(one: str, other: str) -> bool:
    return bool(one) and one.split("-")[0] == other.split("-")[0]


def _in(others: Mapping[str, str], language: str) -> str:
    return others.get(language) or next((text for tag, text in others.items() if _same(tag, language)), "")
