-- Whose words an item uses: which items have which signs, and what was picked up. The newsroom's alone.

-- The signs that are sampled of a version's text: by these they are found again when they are to go.
create table reuse_text (
    sequence bigint primary key references version on delete cascade,
    item     bigint not null references item on delete cascade,
    signs    integer[] not null                -- dragoman.link.reuse.sampled; in what order does not matter
);
create index reuse_text_item on reuse_text (item);

-- The same the other way round, for the whole archive: found by its key alone, and small: hence an item's number in four bytes.
create table reuse_sign (
    sign integer not null,
    item integer not null,
    primary key (sign, item)
) with (autovacuum_vacuum_insert_scale_factor = 0.02);  -- what is not vacuumed costs a look at the table as well

create table pickup (
    sequence bigint not null references version on delete cascade,
    item     bigint not null references item on delete cascade,
    source   bigint not null references version on delete cascade,  -- the version whose words, or whose translation, they are
    source_item bigint not null references item on delete cascade,
    label    text not null check (label in ('whole', 'partial', 'translated')),
    coverage real not null,                    -- the share of the item's words; of a translation, of its sentences; 0 to 1
    passages jsonb not null,                   -- [[start, end, start there, end there], ...] in code points
    credited boolean                           -- null: the source is the same agency's
);
create unique index pickup_version on pickup (sequence, (label = 'translated'));  -- one source of its words, one original
create index pickup_item on pickup (item);
create index pickup_source on pickup (source_item);
create index pickup_source_version on pickup (source);

-- How far the archive has been looked at: every version up to here.
create table reuse_progress (
    one       boolean primary key default true check (one),
    looked_to bigint not null default 0
);

-- By which version and in which story an item was last looked at for an original in another language; what differs is due.
alter table story_item add column compared bigint not null default 0, add column compared_in bigint not null default 0;
create index story_item_due on story_item (sequence) where sequence <> compared or story <> compared_in;

grant select, insert, update, delete on reuse_text, reuse_sign, pickup to dragoman_newsroom;
grant select, insert, update on reuse_progress to dragoman_newsroom;
