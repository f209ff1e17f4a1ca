-- The names file: how we write the people and bodies we write of, in each language. Ours alone.

create table name_entry (
    id      text primary key,
    kind    text not null check (kind in ('person', 'organisation')),
    forms   jsonb not null,                    -- by language (BCP 47): the preferred form first
    note    text not null default '',
    changed timestamptz not null default now(),
    by      text not null default ''
);

grant select, insert, update, delete on name_entry to dragoman_newsroom;
