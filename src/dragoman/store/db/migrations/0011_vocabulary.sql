-- Vocabularies as their keepers publish them: schemes of concepts, with labels in languages. And what a picture's file says
-- of where it is from.

create table vocabulary (
    id        integer generated always as identity primary key,
    uri       text not null unique,
    alias     text not null default '',        -- as in medtop:15000000
    title     jsonb not null default '{}',     -- by language
    authority text not null default '',
    licence   text not null default '',        -- its address
    released  text not null default '',        -- as the keeper writes it
    digest    bytea not null,                  -- SHA-256 of what was imported last
    source    text not null default '',        -- the name of that file
    imported  timestamptz not null default now(),
    by        text not null default ''
);

create table concept (
    uri         text primary key,
    vocabulary  integer not null references vocabulary on delete cascade,
    code        text not null,
    labels      jsonb not null default '{}',   -- by language
    definitions jsonb not null default '{}',
    broader     text[] not null default '{}',  -- uris
    matches     text[] not null default '{}',  -- the same elsewhere: uris
    retired     text not null default '',      -- since when, as the keeper writes it
    words       text not null default ''       -- code and labels folded, for searching
);
create index concept_of on concept (vocabulary, code);

-- What a C2PA manifest says of the file (dragoman.model.provenance).
alter table media_file add column provenance jsonb;

grant select, insert, update, delete on vocabulary, concept to dragoman_newsroom;
grant usage, select, update on sequence vocabulary_id_seq to dragoman_newsroom;
