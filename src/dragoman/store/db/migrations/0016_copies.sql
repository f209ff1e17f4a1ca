-- The same words by another road: known before anybody is sent them again. Ours alone.

-- What came first with these words, as long as the window lasts (`store.filing.copies`).
create table first_copy (
    fingerprint bytea primary key,             -- link.copies.fingerprint
    item        bigint not null,
    version     bytea not null,                -- version.key
    terms       bytea not null,                -- link.copies.terms: what its sender asks of those who use it
    day         smallint,                      -- of its dateline: month × 100 + day
    until       timestamptz not null
) with (fillfactor = 85);
create index first_copy_until on first_copy (until);

-- Versions that brought the same words again under another id.
create table copy (
    sequence    bigint primary key,
    item        bigint not null references item,
    first       bigint not null references item,   -- the item that brought them first
    fingerprint bytea not null,
    terms       bytea not null
);
create index copy_item on copy (item);
create index copy_first on copy (first);
create index copy_fingerprint on copy (fingerprint);

-- The signs by which near-copies of an agency's copy are found (link.copies.sketch), as long as the window lasts.
create table sketch (
    origin   integer not null,
    sign     bigint not null,                  -- 0: it has none, and was looked at
    sequence bigint not null,
    item     bigint not null,
    until    timestamptz not null,
    primary key (origin, sign, sequence)
);
create index sketch_sequence on sketch (sequence);
create index sketch_until on sketch (until);

-- Two items of one agency that may be versions of one, under changing ids: proposed by the machine, decided by a person.
create table version_proposal (
    newer      bigint not null references item,
    older      bigint not null references item,
    coverage   real not null,                  -- the share of the newer one's words that stand in the older one
    state      text not null default 'open' check (state in ('open', 'accepted', 'rejected')),
    at         timestamptz not null default now(),
    decided_by text not null default '',
    decided_at timestamptz,
    primary key (newer, older),
    check (newer <> older)
);
create index version_proposal_older on version_proposal (older);

grant select, insert, update, delete on first_copy, copy, sketch, version_proposal to dragoman_newsroom;
