"""``dragoman lexicon``: the newsroom lexicon as a term base: taken out, looked up, checked; an agency's own file looked at."""

from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import click

from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record, whole_file
from dragoman.desk.references import read_term_base
from dragoman.formats.tbx import EDITIONS, write_tbx
from dragoman.lexicon import LANGUAGES, Concept, concepts
from dragoman.lexicon.check import findings, of_terms
from dragoman.lexicon.termbase import chosen, entries, meant
from dragoman.model.errors import BadInput, Conflict, NotFound
from dragoman.model.termbase import TermBase
from dragoman.read.topics import topic_of

lexicon = Noun("lexicon", help="Terms of the news in eight languages: find, export, check.")
_TITLE = "Dragoman newsroom lexicon"


@lexicon.command(
    "find",
    examples=(
        "dragoman lexicon find inflation",
        "dragoman lexicon find 制裁 --json",
        "dragoman lexicon find bal --language az",
    ),
)
@click.argument("words", nargs=-1, required=True)
@click.option("--language", default="", metavar="CODE", help="The word is in this language; else in any of the eight.")
@click.pass_obj
def find(out: Out, words: tuple[str, ...], language: str) -> None:
    """What a term is called in eight languages. Any form that a text has will do."""
    _known_languages([language] if language else [])
    found = meant(" ".join(words), language)
    if not found:
        raise NotFound(f"No concept is called {' '.join(words)[:80]}", hint="Try another form or language of it.")
    seen = dict.fromkeys(one.id for one, _ in found)
    out.records((_line(concepts()[name], out.json) for name in seen), ("id", "kind", *LANGUAGES))


@lexicon.command(
    "export",
    examples=(
        "dragoman lexicon export --output lexicon.tbx",
        "dragoman lexicon export --languages az,en --subject 20000344 --format tbx2 -o economy.tbx",
        "dragoman lexicon export --format tsv > lexicon.tsv",
    ),
)
@click.option("--format", "form", type=click.Choice([*EDITIONS, "tsv"]), default="tbx", show_default=True, help="TBX-Basic of 2019; tbx2: of 2008, for older tools; tsv: a line a concept.")  # fmt: skip
@click.option("--languages", default=",".join(LANGUAGES), show_default=True, help="Only these, in this order.")
@click.option("--subject", default="", metavar="CODE", help="Only concepts of this Media Topic.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file; without it, standard output.")
@click.option("--force", is_flag=True, help="Replace the output file if it is there.")
@click.pass_obj
def export(out: Out, form: str, languages: str, subject: str, output: Path | None, force: bool) -> None:
    """Write the lexicon for a translator's tool. In TBX the usual term comes first, as preferred; forms are left out."""
    wanted = _known_languages(languages.replace(" ", "").split(","))
    if output is not None and output.exists() and not force:
        raise Conflict("The file is there already", str(output), hint="--force replaces it.", kept="The file.")
    code = topic_of(subject)[-8:] if subject else ""
    if subject and not code:
        raise BadInput(f"{subject[:80]} is no Media Topic", hint="As in 20000344, or medtop:20000344.")
    of = list(chosen(subject=code))
    parts = _tsv(of, wanted) if form == "tsv" else write_tbx(entries(of, wanted), _TITLE, form)
    with whole_file(output) if output else nullcontext() as file:
        for part in parts:
            if file:
                file.write(part.encode())
            else:
                out.raw(part.encode())
    out.say(f"{len(of):,} concepts in {len(wanted)} languages.")


@lexicon.command(
    "check",
    examples=("dragoman lexicon check", "dragoman lexicon check our-terms.tbx", "dragoman lexicon check --json"),
)
@click.argument("path", metavar="[FILE]", type=click.Path(path_type=Path), required=False)
@click.pass_obj
def check(out: Out, path: Path | None) -> None:
    """Look for mistakes in the lexicon, or in a term base of your own (TBX): letters of another script, spaces, doubles.

    Of a file it is also said what it holds, what was left out, and how many of its terms the lexicon has. Nothing is stored.
    """
    if path is None:
        wrong = list(findings(concepts().values()))
        told: Record = {"concepts": len(concepts()), "languages": LANGUAGES}
    else:
        base = read_term_base(path)
        wrong = list(_wrong(base))
        told = _about(base)
    out.record({**told, "mistakes": len(wrong)})
    for each in wrong:
        out.line(each) if not out.json else out.record({"mistake": each})
    if wrong:
        raise click.exceptions.Exit(1)


def _about(base: TermBase) -> Record:
    terms = Counter({code: 0 for one in base.entries for code in one.terms})
    known = 0
    for one in base.entries:
        for code, said in one.terms.items():
            terms[code] += len(said)
            tongue = code.split("-")[0].lower()
            known += sum(bool(meant(term.text, tongue)) for term in said) if tongue in LANGUAGES else 0
    return {
        "title": base.title,
        "entries": len(base.entries),
        "terms": dict(terms),
        "in_the_lexicon": known,
        "notes": base.notes,
    }


def _wrong(base: TermBase) -> Iterator[str]:
    for one in base.entries:
        if not one.terms:
            yield f"{one.id}: no term"
        for code, terms in one.terms.items():
            yield from (f"{one.id} {code}: {wrong}" for wrong in of_terms((term.text for term in terms), code))


def _tsv(of: list[Concept], languages: list[str]) -> Iterator[str]:
    yield "\t".join(("id", "kind", "subjects", *languages)) + "\n"
    for one in of:
        terms = (" | ".join(one.terms_in(language)) for language in languages)
        yield "\t".join((one.id, one.kind, " ".join(one.subjects), *terms)) + "\n"


def _line(one: Concept, apart: bool) -> Record:
    terms = {code: all_ if apart else " | ".join(all_) for code, all_ in zip(LANGUAGES, one.terms, strict=True)}
    return {"id": one.id, "kind": one.kind, "subjects": one.subjects, **terms}


def _known_languages(wanted: list[str]) -> list[str]:
    for code in wanted:
        if code not in LANGUAGES:
            raise BadInput(f"The lexicon has no language {code[:20]}", hint=f"It has {', '.join(LANGUAGES)}.")
    return list(dict.fromkeys(wanted))
