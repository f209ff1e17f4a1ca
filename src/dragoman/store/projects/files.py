"""Files of projects: whose bytes were put in here, or came from a member. A document alone is no claim to bytes of ours."""

from dragoman.store.connect import Connection


def keep(conn: Connection, project: str, digest: str) -> None:
    """The bytes are in the store for this project."""
    conn.execute("insert into project_file (project, digest) values (%s, %s) on conflict do nothing", (project, digest))


def here(conn: Connection, project: str) -> set[str]:
    """The digests of the files of the project whose bytes are here."""
    return {row[0] for row in conn.execute("select digest from project_file where project = %s", (project,))}


def is_here(conn: Connection, project: str, digest: str) -> bool:
    row = conn.execute(
        "select exists (select from project_file where (project, digest) = (%s, %s))", (project, digest)
    ).fetchone()
    return row is not None and bool(row[0])


def forgotten(conn: Connection) -> list[str]:
    """Take leave of the files that no record names any more in projects that we have left: the digests of those of them
    that nothing else here is made of."""
    with conn.transaction():
        rows = conn.execute(
            "delete from project_file f using project p where p.id = f.project and p.state = 'left' and not exists ("
            "  select from record r where r.project = f.project and r.kind = 'document'"
            "  and convert_from(r.body, 'UTF8')::jsonb->>'digest' = f.digest) returning f.digest"
        ).fetchall()
        gone = sorted({row[0] for row in rows})
        kept = conn.execute(_KEPT, {"names": gone, "bytes": [bytes.fromhex(name) for name in gone]}).fetchall()
    return sorted(set(gone) - {row[0] for row in kept})


_KEPT = (
    "select digest from project_file where digest = any(%(names)s)"
    " union select file from arrival where file = any(%(names)s)"
    " union select digest from relation_document where digest = any(%(names)s)"
    " union select encode(digest, 'hex') from media_file where digest = any(%(bytes)s)"
    " union select encode(digest, 'hex') from media_rendition where digest = any(%(bytes)s)"
)
"""Every column that names bytes of the store."""
