"""Left-over template expressions in copy that came off a page: found by the brackets of their engines. Pure."""

import re

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
_HINTS = ("{", "$", "%", "<?", "[[", "[(", "</@", "<#", "<@", "</#", "##", "@Model", "@Html", "@View", "@Url", "@Res", "[object", "undefined", "null", "NaN", "Invalid")  # fmt: skip


def remove_leftovers(text: str) -> tuple[str, tuple[Removed, ...]]:
    """`text` without left-over template expressions, and the expressions; prices and wiki-free text stay as they are."""
    if not any(hint in text for hint in _HINTS):
        return text, ()
    removed = [Removed(text=match[0].strip(), reason=REASON) for match in _EXPRESSION.finditer(text)]
    if not removed:
        return text, ()
    return _EXPRESSION.sub("", text), tuple(removed)
