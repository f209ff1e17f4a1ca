"""From the text of a query to its tree, by recursive descent: one function a rule of the grammar."""

import difflib
from collections.abc import Callable

from dragoman.query.fields import FIELDS, FieldRule
from dragoman.query.grammar import (
    FIELD_NAME,
    MAX_CHARACTERS,
    MAX_DEPTH,
    MAX_TERMS,
    OPERATOR,
    QUOTES,
    VALUE,
    WORD,
)
from dragoman.query.reading import exact
from dragoman.query.syntax import QuerySyntax
from dragoman.query.tree import All, Field, Not, Operator, Phrase, Term, Tree, both, either

_OPERATORS: dict[str, Operator] = {"=": "=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def parse(text: str) -> Tree:
    """The tree of a query; an empty one means everything.

    Raises:
        QuerySyntax: it cannot be read, or goes beyond a limit of `dragoman.query.grammar`; it says where and why.
    """
    return _Parser(text).query()


class _Parser:
    """Where we are in the text, and how much of the limits is used."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0
        self.terms = 0
        if len(text) > MAX_CHARACTERS:
            self.at = MAX_CHARACTERS
            raise self.error(f"a query has at most {MAX_CHARACTERS:,} characters, this one has {len(text):,}")

    # --- the rules of the grammar ------------------------------------------------------------------------------------

    def query(self) -> Tree:
        self.skip_space()
        if self.at == len(self.text):
            return All()
        tree = self.either()
        if self.at < len(self.text):
            raise self.error("a “)” without its “(”", hint="Take it away, or put the “(” in front.")
        return tree

    def either(self) -> Tree:
        parts = [self.both()]
        while self.keyword("OR"):
            parts.append(self.both())
        return either(parts)

    def both(self) -> Tree:
        parts = [self.single()]
        while self.keyword("AND") or self.part_follows():
            parts.append(self.single())
        return both(parts)

    def single(self) -> Tree:
        self.skip_space()
        if self.take("-") or self.keyword("NOT"):
            return self.deeper(self.negated)
        if self.take("("):
            return self.deeper(self.group)
        if self.here() in QUOTES:
            return Phrase(self.phrase())
        if name := FIELD_NAME.match(self.text, self.at):
            return self.field(name[1])
        return self.word()

    def negated(self) -> Tree:
        return Not(self.single())

    def group(self) -> Tree:
        tree = self.either()
        if not self.take(")"):
            raise self.error("expected “)”", hint="A “(” before this place is not closed.")
        return tree

    def field(self, name: str) -> Field:
        rule = self.rule(name)
        self.at += len(name) + 1
        op = self.operator(name, rule)
        values = [self.value(rule)]
        while self.take(","):
            values.append(self.value(rule))
        return Field(name.lower(), op, tuple(values))

    def word(self) -> Tree:
        start = self.at
        found = WORD.match(self.text, start)
        if found is None or found[0] in ("OR", "AND"):
            raise self.error("expected a word, a phrase, a field or “(”")
        self.at = found.end()
        if found[0] == "*":
            return All()
        self.need_words(found[0], start)
        return Term(found[0])

    def phrase(self) -> str:
        """The words between quotes; a quote of another kind among them is nothing to look for."""
        start, closing = self.at, QUOTES[self.here()]
        end = self.text.find(closing, start + 1)
        if end < 0:
            raise self.error(f"this quotation is never closed, expected {closing}")
        self.at = end + 1
        words = " ".join(self.text[start + 1 : end].replace('"', " ").split())
        self.need_words(words, start)
        return words

    # --- the parts of a field ----------------------------------------------------------------------------------------

    def rule(self, name: str) -> FieldRule:
        rule = FIELDS.get(name.lower())
        if rule is None:
            near = difflib.get_close_matches(name.lower(), FIELDS, n=1)
            meant = f"; did you mean “{near[0]}:”?" if near else ""
            known = f"Fields are {', '.join(FIELDS)}. To look for the word itself, put it in quotes."
            raise self.error(f"there is no field “{name}”{meant}", hint=known)
        return rule

    def operator(self, name: str, rule: FieldRule) -> Operator:
        found = OPERATOR.match(self.text, self.at)
        if found is None:
            return "="
        if not rule.ordered:
            raise self.error(f"“{name}” takes no “{found[0]}”", hint="Only urgency can be compared with < <= > >=.")
        self.at = found.end()
        return _OPERATORS[found[0]]

    def value(self, rule: FieldRule) -> str:
        start = self.at
        if self.here() in QUOTES:
            value = self.phrase()
        elif found := VALUE.match(self.text, start):
            self.at, value = found.end(), found[0]
            self.count(start)
        else:
            raise self.error("expected a value", hint="Write it right after the colon; quote it if it has spaces.")
        if rule.options or rule.ordered:
            value = value.lower()
        if expected := rule.check(value):
            near = difflib.get_close_matches(value, rule.options, n=1)
            meant = f"; did you mean “{near[0]}”?" if near else ""
            raise self.error(f"expected {expected}{meant}", at=start)
        return value

    # --- where we are ------------------------------------------------------------------------------------------------

    def here(self) -> str:
        return self.text[self.at : self.at + 1]

    def skip_space(self) -> None:
        while self.here().isspace():
            self.at += 1

    def take(self, sign: str) -> bool:
        if self.here() != sign:
            return False
        self.at += 1
        return True

    def keyword(self, word: str) -> bool:
        """Take the capital word if it stands here by itself."""
        self.skip_space()
        found = WORD.match(self.text, self.at)
        if found is None or found[0] != word:
            return False
        self.at = found.end()
        return True

    def part_follows(self) -> bool:
        self.skip_space()
        if self.here() in ("", ")"):
            return False
        found = WORD.match(self.text, self.at)
        return found is None or found[0] != "OR"

    def deeper(self, rule: Callable[[], Tree]) -> Tree:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(f"more than {MAX_DEPTH} parentheses or negations inside each other", at=self.at - 1)
        tree = rule()
        self.skip_space()
        self.depth -= 1
        return tree

    def need_words(self, text: str, start: int) -> None:
        self.count(start)
        if exact(text) == " ":
            raise self.error("expected a word: there is no letter or digit to look for here", at=start)

    def count(self, start: int) -> None:
        self.terms += 1
        if self.terms > MAX_TERMS:
            raise self.error(f"a query has at most {MAX_TERMS} words and values", at=start)

    def error(self, problem: str, *, hint: str = "", at: int | None = None) -> QuerySyntax:
        return QuerySyntax(self.text, (self.at if at is None else at) + 1, problem, hint=hint)
