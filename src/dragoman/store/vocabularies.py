"""Vocabularies as stored: imported whole, searched by the words of their labels, asked for what a code is called."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from psycopg.types.json import Jsonb

from dragoman.model.errors import NotFound
from dragoman.model.vocabulary import Vocabulary, VocabularyConcept, in_language
from dragoman.read import topics
from dragoman.store.connect import Connection, Row
from dragoman.text.cleaning import clean
from dragoman.text.fold import fold


class Kept(Struct, frozen=True, kw_only=True):
    """A vocabulary that is here: its own words (without its concepts), how many there are, and what it came from."""

    id: int
    vocabulary: Vocabulary
    concepts: int
    retired: int
    languages: tuple[str, ...]
    source: str
    imported: datetime
    by: str


class Listed(Struct, frozen=True, kw_only=True):
    """A concept with the vocabulary it stands in."""

    concept: VocabularyConcept
    vocabulary: int
    alias: str


class Imported(Struct, frozen=True, kw_only=True):
    """What an import did. `is_new`: the vocabulary was not here; `changed` counts concepts that are new or other than they
    were, `gone` those that the file no longer has: they are kept, retired."""

    id: int
    is_new: bool
    concepts: int
    changed: int
    gone: int


def save(conn: Connection, found: Vocabulary, body: bytes, *, source: str, by: str, now: datetime) -> Imported:
    """The vocabulary as it is now. Inside the caller's transaction; the same file again changes nothing."""
    digest = hashlib.sha256(body).digest()
    row = conn.execute("select id, digest from vocabulary where uri = %s for update", (found.uri,)).fetchone()
    if row is not None and bytes(row[1]) == digest:
        return Imported(id=row[0], is_new=False, concepts=len(found.concepts), changed=0, gone=0)
    saved = conn.execute(
        "insert into vocabulary (uri, alias, title, authority, licence, released, digest, source, imported, by)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) on conflict (uri) do update set alias = excluded.alias,"
        " title = excluded.title, authority = excluded.authority, licence = excluded.licence,"
        " released = excluded.released, digest = excluded.digest, source = excluded.source,"
        " imported = excluded.imported, by = excluded.by returning id",
        (
            found.uri,
            found.alias,
            Jsonb(dict(found.title)),
            found.authority,
            found.licence,
            found.released,
            digest,
            source,
            now,
            by,
        ),
    ).fetchone()
    assert saved is not None
    changed = _save_concepts(conn, saved[0], found.concepts)
    gone = conn.execute(
        "update concept set retired = %s where vocabulary = %s and retired = '' and not uri = any(%s)",
        (found.released or now.isoformat(), saved[0], [one.uri for one in found.concepts]),
    ).rowcount
    return Imported(id=saved[0], is_new=row is None, concepts=len(found.concepts), changed=changed, gone=gone)


def _save_concepts(conn: Connection, vocabulary: int, concepts: Sequence[VocabularyConcept]) -> int:
    with conn.cursor() as cursor:
        cursor.executemany(
            "insert into concept (uri, vocabulary, code, labels, definitions, broader, matches, retired, words)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s, %s) on conflict (uri) do update set"
            " vocabulary = excluded.vocabulary, code = excluded.code, labels = excluded.labels,"
            " definitions = excluded.definitions, broader = excluded.broader, matches = excluded.matches,"
            " retired = excluded.retired, words = excluded.words"
            " where (concept.vocabulary, concept.code, concept.labels, concept.definitions, concept.broader,"
            "  concept.matches, concept.retired) is distinct from (excluded.vocabulary, excluded.code, excluded.labels,"
            "  excluded.definitions, excluded.broader, excluded.matches, excluded.retired)",
            [
                (
                    one.uri,
                    vocabulary,
                    one.code,
                    Jsonb(dict(one.labels)),
                    Jsonb(dict(one.definitions)),
                    list(one.broader),
                    list(one.matches),
                    one.retired,
                    fold(" ".join((one.code, *one.labels.values()))),
                )
                for one in concepts
            ],
        )
        return cursor.rowcount


_KEPT = (
    "select v.id, v.uri, v.alias, v.title, v.authority, v.licence, v.released, v.source, v.imported, v.by,"
    " (select count(*) from concept c where c.vocabulary = v.id),"
    " (select count(*) from concept c where c.vocabulary = v.id and c.retired <> ''),"
    " array(select distinct jsonb_object_keys(c.labels) from concept c where c.vocabulary = v.id order by 1)"
    " from vocabulary v"
)


def _kept(r: Row) -> Kept:
    own = Vocabulary(uri=r[1], alias=r[2], title=r[3], authority=r[4], licence=r[5], released=r[6])
    return Kept(
        id=r[0],
        vocabulary=own,
        source=r[7],
        imported=r[8],
        by=r[9],
        concepts=r[10],
        retired=r[11],
        languages=tuple(r[12]),
    )


def vocabularies(conn: Connection) -> list[Kept]:
    """All of them, by alias and uri."""
    return [_kept(row) for row in conn.execute(_KEPT + " order by v.alias, v.uri")]


def vocabulary(conn: Connection, name: str) -> Kept:
    """The vocabulary of this number, alias or uri.

    Raises:
        NotFound: there is none.
    """
    name = clean(name)
    row = conn.execute(
        _KEPT + " where v.id::text = %s or v.uri = %s or (v.alias = %s and v.alias <> '') order by v.id limit 1",
        (name, name, name),
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no vocabulary {name[:80]}", hint="`dragoman vocabulary list` shows them.")
    return _kept(row)


_LISTED = (
    "select c.uri, c.code, c.labels, c.definitions, c.broader, c.matches, c.retired, v.id, v.alias"
    " from concept c join vocabulary v on v.id = c.vocabulary"
)


def _listed(r: Row) -> Listed:
    one = VocabularyConcept(
        uri=r[0],
        code=r[1],
        labels=r[2],
        definitions=r[3],
        broader=tuple(r[4]),
        matches=tuple(r[5]),
        retired=r[6],
    )
    return Listed(concept=one, vocabulary=r[7], alias=r[8])


def find(
    conn: Connection,
    words: str = "",
    *,
    vocabulary: int | None = None,
    retired: bool = True,
    after: str = "",
    limit: int = 100,
) -> list[Listed]:
    """Concepts in which every one of `words` stands, in a label of any language or the code, by alias and code; `after` goes
    on behind a code of one vocabulary."""
    wanted = [f"%{_literal(word)}%" for word in fold(clean(words)).split()[:10]]
    rows = conn.execute(
        _LISTED + " where c.words like all(%s) and coalesce(c.vocabulary = %s, true) and (%s or c.retired = '')"
        " and c.code > %s order by v.alias, v.id, c.code limit %s",
        (wanted, vocabulary, retired, clean(after), limit),
    )
    return [_listed(row) for row in rows]


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def concept(conn: Connection, name: str) -> Listed:
    """The concept of this uri or qcode (``medtop:15000000``).

    Raises:
        NotFound: there is none.
    """
    name = clean(name)
    alias, _, code = name.rpartition(":")
    row = conn.execute(
        _LISTED + " where c.uri = %s or (v.alias = %s and c.code = %s) order by c.uri <> %s limit 1",
        (name, alias, code, name),
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no concept {name[:80]}", hint="`dragoman vocabulary find WORDS` looks for one.")
    return _listed(row)


def labels(conn: Connection, names: Iterable[str], language: str) -> dict[str, str]:
    """What these uris are called in `language`: by an imported vocabulary where it speaks it, else by the table that is built
    in, else by the imported one in another language. What nobody knows is left out."""
    wanted = [name for name in dict.fromkeys(names) if name]
    if not wanted:
        return {}
    asked = {name: topics.same_topic(name) or name for name in wanted}
    rows = conn.execute(
        "select uri, labels from concept where uri = any(%s)", (list({*wanted, *asked.values()}),)
    ).fetchall()
    imported: dict[str, dict[str, str]] = dict(rows)
    found = {}
    for name in wanted:
        texts = imported.get(name) or imported.get(asked[name], {})
        said = in_language(texts, language)
        if not _speaks(texts, language):
            said = topics.label(name, language) or said
        if said:
            found[name] = said
    return found


def _speaks(texts: dict[str, str], language: str) -> bool:
    base = language.split("-")[0].lower()
    return any(code.split("-")[0].lower() == base for code in texts)
