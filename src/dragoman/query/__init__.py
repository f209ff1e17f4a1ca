"""The one query language: grammar, tree, evaluation over a version. Agreements and views speak it. Pure.

    tree = parse("language:ru,az place:Baku -sport")
    matches(tree, version, now=now)      # does the version answer the query?
    explain(tree, version, now=now)      # if not, which parts failed
    canonical(tree)                      # the query printed back, always the same way

Several queries over one version share a `Reading`, so that its text is folded once.
"""

from dragoman.query.evaluate import explain, matches
from dragoman.query.fields import FIELDS
from dragoman.query.parser import parse
from dragoman.query.reading import Reading
from dragoman.query.syntax import QuerySyntax
from dragoman.query.tree import All, And, Field, Not, Or, Phrase, Term, Tree, canonical

__all__ = [
    "FIELDS",
    "All",
    "And",
    "Field",
    "Not",
    "Or",
    "Phrase",
    "QuerySyntax",
    "Reading",
    "Term",
    "Tree",
    "canonical",
    "explain",
    "matches",
    "parse",
]
