-- Institutions, people, offices, seats, meetings, actions, documents. Of the newsroom alone: partners see none of it.
-- Columns are the fields of the structs in dragoman.model.relation; dates known in part are text: 2026-05-03, 2026-05, 2026.

alter table agency drop constraint agency_kind_check;
alter table agency add constraint agency_kind_check
    check (kind in ('agency', 'centre', 'ministry', 'university', 'outlet', 'association'));

create table institution (
    id        integer generated always as identity primary key,
    revision  integer not null default 1,
    agency    text not null unique references agency (code),
    names     jsonb not null,
    founded   text not null,
    place     text not null,
    address   text not null,
    website   text not null,
    histories jsonb not null,
    note      text not null
);

-- Somebody of an institution; not a user of the node (that is `person`).
create table relation_person (
    id        integer generated always as identity primary key,
    revision  integer not null default 1,
    name      text not null,
    names     jsonb not null,
    languages text[] not null,
    email     text not null,
    phone     text not null,
    note      text not null
);

create table office (
    id       integer generated always as identity primary key,
    revision integer not null default 1,
    person   integer not null references relation_person,
    agency   text not null references agency (code),
    title    text not null,
    titles   jsonb not null,
    since    text not null,
    until    text not null,
    sole     boolean not null,
    rank     smallint not null
);
create index office_agency on office (agency);
create index office_person on office (person);

create table membership (
    id       integer generated always as identity primary key,
    revision integer not null default 1,
    agency   text not null references agency (code),
    body     text not null references agency (code),
    since    text not null,
    until    text not null,
    note     text not null,
    check (agency <> body)
);

create table seat (
    id       integer generated always as identity primary key,
    revision integer not null default 1,
    agency   text not null references agency (code),
    body     text not null references agency (code),
    title    text not null,
    titles   jsonb not null,
    person   integer not null,                 -- 0: nobody is named
    since    text not null,
    until    text not null,
    check (agency <> body)
);

create table meeting (
    id       integer generated always as identity primary key,
    revision integer not null default 1,
    kind     text not null check (kind in ('meeting', 'visit', 'delegation', 'training', 'call')),
    agencies text[] not null,
    subject  text not null,
    language text not null,
    starts   timestamptz not null,
    ends     timestamptz,
    zone     text not null,
    all_day  boolean not null,
    place    text not null,
    attended jsonb not null,
    note     text not null
);
create index meeting_agencies on meeting using gin (agencies);

create table action (
    id       integer generated always as identity primary key,
    revision integer not null default 1,
    agency   text not null references agency (code),
    meeting  integer not null,                 -- 0: not agreed at a meeting
    what     text not null,
    language text not null,
    who      text not null,
    side     text not null check (side in ('ours', 'theirs', 'both')),
    due      date,
    state    text not null check (state in ('open', 'done', 'dropped')),
    closed   date,
    became   text not null check (became in ('', 'project', 'agreement', 'event', 'item')),
    link     text not null,
    outcome  text not null
);
create index action_agency on action (agency);
create index action_open on action (due) where state = 'open';

create table relation_document (
    id         integer generated always as identity primary key,
    revision   integer not null default 1,
    kind       text not null check (kind in ('document', 'note', 'gift')),
    agency     text not null references agency (code),
    meeting    integer not null,
    title      text not null,
    language   text not null,
    text       text not null,
    file       text not null,
    media_type text not null,
    size       bigint not null,
    digest     text not null,                  -- the name of its bytes in the content-addressed store
    roles      text[] not null,
    names      text[] not null,
    disclosed  boolean not null,
    by         text not null,
    at         timestamptz not null
);
create index relation_document_agency on relation_document (agency);

grant select, insert, update, delete on institution, relation_person, office, membership, seat, meeting, action,
    relation_document to dragoman_newsroom;
grant usage, select, update on all sequences in schema public to dragoman_newsroom;
