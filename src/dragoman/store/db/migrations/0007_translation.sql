-- Language versions: families, drafts, reviews.

-- Which item is a language version of which: by key, since the original may come later, or never.
create table item_family (
    item     bigint primary key references item,
    original bytea not null,                   -- item.key of what it translates
    root     bytea not null,                   -- item.key of the head of the family
    since    timestamptz not null default now()
);
create index item_family_original on item_family (original);
create index item_family_root on item_family (root);

-- Held because its original is: released with it, not by itself.
create table held_with (
    item     bigint primary key references item,
    original bytea not null
);

-- An item on its way into a language, and afterwards what was published: segments side by side, who wrote, who looked.
create table translation (
    id         bigint generated always as identity primary key,
    item       bigint not null references item,      -- the original
    language   text not null,
    target     bigint references item,               -- our item, once it is published
    attempt    integer not null default 1,           -- a killed version is not used again: the next has another uri
    state      text not null default 'draft' check (state in ('draft', 'ready', 'returned', 'published')),
    base       bigint not null,                      -- the version of the original that is worked on
    published  bigint,                               -- the version of the original that our published text stands for
    segments   jsonb not null,
    counter    integer not null default 1,
    writers    text[] not null default '{}',         -- since it was last published: none of them reviews it
    ready_by   text not null default '',
    reviewer   text not null default '',
    note       text not null default '',
    started    timestamptz not null default now(),
    changed    timestamptz not null default now(),
    changed_by text not null default '',
    unique (item, language)
);
create index translation_open on translation (changed desc) where state <> 'published';
create index translation_target on translation (target) where target is not null;

-- Two wrote the same paragraph: the later one's text is kept here until somebody has chosen.
create table translation_aside (
    translation bigint not null references translation on delete cascade,
    segment     text not null,
    by          text not null,
    text        text not null,
    at          timestamptz not null default now(),
    primary key (translation, segment, by)
);

-- Who has it open.
create table translation_reader (
    translation bigint not null references translation on delete cascade,
    person      text not null,
    since       timestamptz not null default now(),
    seen        timestamptz not null default now(),
    primary key (translation, person)
);

-- On which side a person reads the source.
create table source_side (
    person text primary key,
    side   text not null check (side in ('start', 'end'))
);

grant select, insert, update, delete on item_family, held_with, translation, translation_aside, translation_reader,
    source_side to dragoman_newsroom;
