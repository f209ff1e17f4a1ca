"""What the desk says of a picture, from the form in which it was written. Pure."""

from collections.abc import Mapping, Sequence

from dragoman.desk.pictures import Wording

_PLAIN = ("headline", "credit", "photographer", "taken", "place", "copyright", "terms", "instructions")
LANGUAGE_FIELD = "language"


def said_of_new(form: Mapping[str, str]) -> Wording:
    """For pictures that come in together: what is left empty is left to each file."""
    fields = {name: text for name in _PLAIN if (text := form.get(name, "").strip())}
    language = form.get(LANGUAGE_FIELD, "").strip()
    caption = form.get("caption", "").strip()
    return Wording(
        **fields,  # type: ignore[arg-type]  # names of text fields, by the table
        language=language if language and caption else None,
        captions={language: caption} if caption else {},
        keywords=_words(form.get("keywords", "")) or None,
    )


def said_of_one(form: Mapping[str, str], languages: Sequence[str], before: Mapping[str, str]) -> Wording:
    """For one picture: every field that the form had and that was changed. `before` is what the form showed."""
    changed = {
        name: text
        for name, value in form.items()
        if (text := value.replace("\r\n", "\n").strip()) != before.get(name, "").strip()
    }
    fields = {name: changed[name] for name in (*_PLAIN, LANGUAGE_FIELD) if name in changed}
    return Wording(
        **fields,
        captions={code: changed[f"caption_{code}"] for code in languages if f"caption_{code}" in changed},
        alts={code: changed[f"alt_{code}"] for code in languages if f"alt_{code}" in changed},
        keywords=_words(changed["keywords"]) if "keywords" in changed else None,
    )


def _words(text: str) -> tuple[str, ...]:
    for sign in (";", "،", "、", "，", "\n"):
        text = text.replace(sign, ",")
    return tuple(word.strip() for word in text.split(",") if word.strip())
