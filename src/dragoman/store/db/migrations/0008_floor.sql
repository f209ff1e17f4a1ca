-- Round tables: whom we let onto a floor by a personal link, and who may ask how often. Of this node alone: questions and
-- answers are records of their project.

-- The link's secret is kept as a digest only.
create table accreditation (
    id       integer generated always as identity primary key,
    project  text not null references project,
    floor    text not null,
    digest   bytea not null unique check (length(digest) = 32),
    role     text not null default 'journalist' check (role in ('journalist', 'speaker', 'interpreter')),
    name     text not null,
    agency   text not null default '',         -- its code, where we know it
    outlet   text not null default '',
    language text not null default '',
    until    timestamptz not null,
    revoked  timestamptz,
    entered  timestamptz,
    made     timestamptz not null default now(),
    by       text not null
);
create index accreditation_floor on accreditation (project, floor);

create table floor_session (
    id            bytea primary key,
    accreditation integer not null references accreditation,
    csrf          text not null,
    until         timestamptz not null
);

-- Who asked which question here: `who` as in ``guest 12`` or ``person 3``.
create table floor_asked (
    project  text not null,
    floor    text not null,
    question text not null,
    who      text not null,
    at       timestamptz not null default now(),
    primary key (project, question)
);
create index floor_asked_who on floor_asked (project, floor, who);

-- Who tried when, from where: forgotten after a few minutes.
create table floor_try (
    at      timestamptz not null default now(),
    who     text not null,
    address text not null
);
create index floor_try_at on floor_try (at);

grant select, insert, update, delete on accreditation, floor_session, floor_asked, floor_try to dragoman_newsroom;
grant usage, select on sequence accreditation_id_seq to dragoman_newsroom;
