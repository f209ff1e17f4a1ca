"""Left-over template expressions in copy that came off a page: found by the brackets of their engines. Pure."""

import re
from collections.abc import Iterator

from dragoman.model.item import Removed

REASON = "left-over template expression"

_ENGINES: tuple[tuple[str, str], ...] = (
    ("Handlebars, Angular, Jinja, Vue", r"\{\{\{?(?:[^{}]|\{[^{}\n]*\}){0,400}?\}\}\}?"),
    ("Jinja, Twig, Liquid statements", r"\{%.{0,400}?%\}"),
    ("Jinja, Twig comments", r"\{#(?!\d).{0,400}?#\}"),
    ("ERB, JSP, EJS, ASP", r"<%.{0,400}?%>"),
    ("PHP", r"<\?(?:php|=).{0,400}?\?>"),
    ("JSP EL, FreeMarker, Velocity, JavaScript", r"[$#]!?\{[^{}\n]{0,300}\}"),
    ("Polymer, Thymeleaf, Template Toolkit", r"\[\[(?:[^\[\]\n]|\[[^\[\]\n]*\]){0,300}\]\]|\[%.{0,300}?%\]|\[\([$#*]\{.{0,200}?\}\)\]"),
    ("escaped ERB, JSP", r"&lt;%.{0,400}?%&gt;"),
    ("FreeMarker directives", r"</?[#@][a-z][^<>\n]{0,200}>"),
    ("Smarty", r"\{/?\$?(?:if|else|elseif|foreach|section|include|assign|block|extends|literal|strip|capture)\b[^{}\n]{0,200}\}"),
    ("Smarty variables, Svelte blocks", r"\{\$[^{}\n]{0,300}\}|\{[#/:@][a-z][^{}\n]{0,200}\}"),
    ("Velocity references", r"\$!?[a-z]\w*(?:\.[a-z]\w*(?:\([^()\n]{0,80}\))?)+(?![\w.])"),
    ("Python, Java and shell placeholders", r"%\([a-zA-Z_]\w*\)[sdif]|(?<![\w%])%[A-Z][A-Z_]{3,30}%(?!\w)|##[A-Z][A-Z_]{2,30}##"),
    ("named single braces", r"\{[a-z_][\w]*(?:[.:|][^{}\n]{0,120})?\}"),
    ("Razor", r"@(?:Model|Html|ViewBag|ViewData|Url|Resources)\.[\w.]+(?:\([^()\n]{0,120}\))?"),
    ("unclosed expression", r"(?:\{\{|\{%|<%)[^\n]{0,200}$"),
    ("values that never came", r"\[object Object\]|(?m:^\s*(?:undefined|null|NaN|Invalid [Dd]ate)\s*$)"),
)  # fmt: skip
_EXPRESSION = re.compile("|".join(f"(?:{pattern})" for _, pattern in _ENGINES), re.DOTALL | re.MULTILINE)
_BEGINS = re.compile(
    r"[{$#\[%@<&](?:(?<=\{)|(?<=\$)(?=[!{a-z])|(?<=#)(?=[!{#])|(?<=\[)(?=[\[%(o])|(?<=%)(?=[(A-Z])|(?<=@)(?=[MHVUR])"
    r"|(?<=<)(?=[%?]|/?[#@])|(?<=&)(?=lt;%))"
)
"""Where one may begin. It starts with a set of signs, so that a search passes over what is not in it at once."""
_SIGNS = ("{", "$", "#", "[", "%", "@", "<?")
_NEVER_CAME = ("undefined", "null", "NaN", "Invalid")


def remove_leftovers(text: str) -> tuple[str, tuple[Removed, ...]]:
    """`text` without left-over template expressions, and the expressions; prices and wiki-free text stay as they are."""
    if not (any(map(text.__contains__, _SIGNS)) or any(map(text.__contains__, _NEVER_CAME))):
        return text, ()
    spans = list(_spans(text))
    if not spans:
        return text, ()
    kept: list[str] = []
    end = 0
    for span in spans:
        kept.append(text[end : span[0]])
        end = span[1]
    kept.append(text[end:])
    return "".join(kept), tuple(Removed(text=text[start:stop].strip(), reason=REASON) for start, stop in spans)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the expressions stand, from left to right."""
    if any(map(text.__contains__, _NEVER_CAME)):  # they may stand on a line of their own, which begins with anything
        yield from (match.span() for match in _EXPRESSION.finditer(text))
        return
    end = 0
    for begin in _BEGINS.finditer(text):
        if begin.start() >= end and (match := _EXPRESSION.match(text, begin.start())):
            yield match.span()
            end = match.end()
