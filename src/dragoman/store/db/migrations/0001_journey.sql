-- The journey of an item: agencies and agreements, arrivals, versions, grants, deliveries, receipts, people, audit.
-- Applied by the owner. `newsroom` does the work; `partner` reads through views and is fenced by row-level security.

-- ---------------------------------------------------------------------------------------------- order and epoch

-- Taken last in a batch's transaction, under advisory lock 1 held to the commit: it grows in commit order, so that a
-- follower that has seen n has seen everything below n.
create sequence log_sequence;

-- A restored backup starts a new epoch: cursors of an older one are told to start again.
create table epoch (
    number  integer primary key,
    started timestamptz not null default now(),
    reason  text not null
);
insert into epoch (number, reason) values (1, 'first start');

-- ---------------------------------------------------------------------------------------------- who takes part

create table agency (
    id        integer generated always as identity primary key,
    code      text not null unique check (code ~ '^[A-Z][A-Z0-9-]{1,15}$'),
    name      text not null,
    kind      text not null check (kind in ('agency', 'centre', 'ministry', 'university', 'outlet')),
    country   text not null default '',
    zone      text not null default 'UTC',
    languages text[] not null default '{}',
    node      text not null default '',
    home      boolean not null default false
);
create unique index agency_home on agency (home) where home;

create table agency_key (
    agency      integer not null references agency,
    fingerprint text not null,
    public      bytea not null,
    state       text not null check (state in ('offered', 'trusted', 'retired')),
    since       timestamptz not null default now(),
    until       timestamptz,
    primary key (agency, fingerprint)
);

create table bureau (
    id        integer generated always as identity primary key,
    agency    integer not null references agency,
    place     text not null,
    country   text not null default '',
    zone      text not null default 'UTC',
    languages text[] not null default '{}',
    unique (agency, place)
);

create table correspondent (
    id        integer generated always as identity primary key,
    agency    integer not null references agency,
    bureau    integer references bureau,
    name      text not null,
    languages text[] not null default '{}'
);

create table agreement (
    id          text not null,
    revision    integer not null,
    partner     integer not null references agency,
    giver       integer not null references agency,
    taker       integer not null references agency,
    state       text not null check (state in ('proposed', 'offered', 'active', 'declined', 'ended', 'superseded')),
    terms       bytea not null,
    predecessor text not null default '',
    signatures  jsonb not null default '{}',
    accepted_by text not null default '',
    valid_from  timestamptz not null,
    valid_until timestamptz,
    advance     boolean not null default false,  -- terms.embargo = 'advance', for the SQL twin
    covers_from integer not null default 0,      -- grants of this revision and later count: the terms since are no narrower
    rematch     boolean not null default false,
    recorded    timestamptz not null default now(),
    changed     timestamptz not null default now(),
    primary key (id, revision)
);
create unique index agreement_active on agreement (id) where state = 'active';
create index agreement_partner on agreement (partner);

-- ---------------------------------------------------------------------------------------------- what comes in

create table feed (
    id            integer generated always as identity primary key,
    name          text not null unique,
    agency        integer not null references agency,
    kind          text not null check (kind in ('http', 'folder', 'push', 'node', 'import')),
    address       text not null default '',
    format        text not null default '',
    language      text not null default '',
    charset       text not null default '',
    zone          text not null default 'UTC',
    every         interval not null default '5 minutes',
    state         text not null default 'active' check (state in ('active', 'paused')),
    secret        bytea,                       -- push: what its sender signs with or shows
    etag          text not null default '',
    last_modified text not null default '',
    body_digest   bytea,
    cursor        text not null default '',    -- node: how far the partner's change feed has been read
    next_poll     timestamptz not null default now(),
    failures      integer not null default 0,
    last_error    text not null default '',
    last_poll     timestamptz,
    last_arrival  timestamptz
);

-- What a poll has already brought: an entry comes again only when its bytes have changed.
create table feed_entry (
    feed   integer not null references feed,
    key    bytea not null,
    digest bytea not null,
    seen   timestamptz not null default now(),
    primary key (feed, key)
);

create table arrival (
    id         bigint generated always as identity primary key,
    feed       integer not null references feed,
    agency     integer not null references agency,
    received   timestamptz not null default now(),
    digest     bytea not null,
    size       bigint not null,
    media_type text not null default '',
    source     text not null default '',
    format     text not null default '',
    priority   smallint not null default 5,
    state      text not null default 'kept' check (state in ('kept', 'decoded', 'parked')),
    tries      smallint not null default 0,
    token      bigint not null default 0,
    until      timestamptz not null default '-infinity',
    file       text not null default ''        -- larger than 1 MB: the name in the content-addressed store
);
create index arrival_kept on arrival (feed, priority, id) where state = 'kept';
create index arrival_parked on arrival (id) where state = 'parked';
create index arrival_feed on arrival (feed, id);

create table arrival_bytes (
    arrival bigint not null,
    at      timestamptz not null,
    bytes   bytea not null
) partition by range (at);
create table arrival_bytes_rest partition of arrival_bytes default;
create index arrival_bytes_arrival on arrival_bytes (arrival);

create table unit (
    arrival  bigint not null references arrival,
    index    integer not null,
    state    text not null check (state in ('stored', 'duplicate', 'parked', 'refused')),
    sequence bigint,
    problem  jsonb,
    primary key (arrival, index)
);
create index unit_parked on unit (arrival) where state = 'parked';
create index unit_sequence on unit (sequence) where sequence is not null;

-- A push is remembered for longer than its signature is accepted: a replay is answered, not repeated.
create table push_seen (
    agency  integer not null,
    id      text not null,
    at      timestamptz not null default now(),
    arrival bigint,
    primary key (agency, id)
);
create index push_seen_at on push_seen (at);

-- ---------------------------------------------------------------------------------------------- items

create table item (
    id              bigint generated always as identity primary key,
    key             bytea not null unique,
    origin          integer not null references agency,
    uri             text not null,
    state           text not null default 'usable' check (state in ('usable', 'held', 'killed', 'expunged')),
    embargoed_until timestamptz,
    held_by         text not null default '',  -- who holds it: an agency's code; empty when nobody does
    current         bigint,
    current_version text not null default '',
    current_at      timestamptz
) with (fillfactor = 85);
create index item_uri on item (uri);
create index item_stopped on item (state) where state <> 'usable';

-- Narrow and whole: visibility never needs the payload.
create table version (
    sequence        bigint primary key,
    key             bytea not null,
    digest          bytea not null,
    version         text not null,
    item            bigint not null references item,
    origin          integer not null,
    agency          integer not null,
    act             text not null check (act in ('publish', 'update', 'correct', 'hold', 'release', 'kill')),
    silent          boolean not null default false,
    language        text not null,
    kind            text not null,
    urgency         smallint,
    at              timestamptz not null,
    received        timestamptz not null,
    embargoed_until timestamptz,
    arrival         bigint,
    unit            integer,
    by              text not null default '',
    unique (key, digest)
);
create index version_item on version (item, sequence);

create table payload (
    sequence bigint not null,
    at       timestamptz not null,             -- version.received
    item     bytea not null                    -- ninjs 3.1 with our profile, UTF-8 JSON
) partition by range (at);
create table payload_rest partition of payload default;
create index payload_sequence on payload (sequence);

create table hold_request (
    id      bigint generated always as identity primary key,
    item    bigint references item,
    origin  integer not null,
    uri     text not null,
    agency  integer not null references agency,
    act     text not null,
    reason  text not null default '',
    at      timestamptz not null default now(),
    state   text not null default 'open' check (state in ('open', 'held', 'dismissed')),
    decided_by text not null default ''
);

-- A kill needs two people: the first one's hold acts at once, the second one's word makes it a kill.
create table kill_request (
    item   bigint primary key references item,
    by     text not null,
    reason text not null,
    at     timestamptz not null default now()
);

-- ---------------------------------------------------------------------------------------------- what goes out

create table item_grant (
    sequence  bigint not null,
    agency    integer not null,
    agreement text not null,
    revision  integer not null,
    since     timestamptz not null,
    advance   boolean not null default false,
    position  bigint,                          -- its place in the partner's change feed; null until it may be seen
    withdrawn timestamptz,
    reasons   text[] not null default '{}',
    primary key (sequence, agency)
);
create index item_grant_feed on item_grant (agency, position) where position is not null;
create index item_grant_waiting on item_grant (since) where position is null and withdrawn is null;

create table quota_used (
    agreement text not null,
    day       date not null,
    used      integer not null,
    primary key (agreement, day)
);

create table channel (
    id        integer generated always as identity primary key,
    name      text not null unique,
    agency    integer not null references agency,
    kind      text not null check (kind in ('node', 'webhook', 'folder')),
    address   text not null,
    format    text not null default 'ninjs',
    secret    text not null default '',
    state     text not null default 'active' check (state in ('active', 'paused', 'disabled')),
    reason    text not null default '',
    created   timestamptz not null default now()
);

-- Two lanes a channel: kills, holds and flashes have one of their own, so that no backlog is in front of them.
create table lane (
    channel  integer not null references channel on delete cascade,
    express  boolean not null,
    token    bigint not null default 0,
    until    timestamptz not null default '-infinity',
    due      timestamptz not null default 'infinity',
    failures integer not null default 0,
    failing_since timestamptz,
    last_error    text not null default '',
    last_success  timestamptz,
    primary key (channel, express)
) with (fillfactor = 60);
create index lane_due on lane (due);

create table delivery (
    channel   integer not null,
    sequence  bigint not null,
    at        timestamptz not null,
    item      bigint not null,
    agency    integer not null,
    epoch     integer not null,
    act       text not null,
    priority  smallint not null,
    state     text not null default 'pending' check (state in
        ('pending', 'leased', 'sent', 'receipted', 'retry', 'superseded', 'cancelled', 'parked', 'expired')),
    due       timestamptz not null,
    attempts  smallint not null default 0,
    sent      timestamptz,
    receipted timestamptz,
    reason    text not null default ''
) partition by range (at);
create table delivery_rest partition of delivery default;
create index delivery_head on delivery (channel, priority, sequence) where state in ('pending', 'retry', 'leased');
create index delivery_sequence on delivery (sequence);
create index delivery_parked on delivery (channel) where state = 'parked';
-- Of one item only one version is under way on a channel, whichever lane it is in.
create index delivery_under_way on delivery (channel, item) where state = 'leased';

create table receipt (
    channel  integer not null,
    sequence bigint not null,
    agency   integer not null,
    act      text not null,
    outcome  text not null,
    detail   text not null default '',
    at       timestamptz not null,
    recorded timestamptz not null default now(),
    primary key (channel, sequence, outcome)
);

-- Node to node, beside items: receipts, agreements, keys, hold requests.
create table letter (
    id       bigint generated always as identity primary key,
    agency   integer not null references agency,
    type     text not null,
    body     bytea not null,
    state    text not null default 'pending' check (state in ('pending', 'sent', 'parked')),
    attempts integer not null default 0,
    due      timestamptz not null default now(),
    until    timestamptz not null default '-infinity',
    created  timestamptz not null default now(),
    sent     timestamptz,
    reason   text not null default ''
);
create index letter_due on letter (due) where state = 'pending';

-- ---------------------------------------------------------------------------------------------- people and audit

create table person (
    id       integer generated always as identity primary key,
    name     text not null unique,
    password text not null,
    role     text not null check (role in ('reader', 'editor', 'desk head', 'partner manager', 'operator', 'administrator')),
    language text not null default 'en',
    agency   integer references agency,
    created  timestamptz not null default now(),
    disabled timestamptz
);

create table session (
    id      bytea primary key,                 -- SHA-256 of the cookie
    person  integer not null references person,
    csrf    text not null,
    created timestamptz not null default now(),
    seen    timestamptz not null default now(),
    until   timestamptz not null
);

create table log_in_attempt (
    name text not null,
    at   timestamptz not null default now()
);
create index log_in_attempt_name on log_in_attempt (name, at);

create table access_token (
    id      integer generated always as identity primary key,
    prefix  text not null unique,
    digest  bytea not null,
    name    text not null,
    person  integer references person,
    agency  integer references agency,         -- set: a partner's token, read through the partner role
    created timestamptz not null default now(),
    until   timestamptz,
    used    timestamptz
);

create table setting (
    name  text primary key,
    value jsonb not null
);

create table audit (
    id     bigint generated always as identity,
    at     timestamptz not null default now(),
    actor  text not null,
    act    text not null,
    object text not null default '',
    detail jsonb not null default '{}'
) partition by range (at);
create table audit_rest partition of audit default;
create index audit_id on audit (id);
create index audit_object on audit (object, id);

-- The chain over the audit, sealed in batches: hash(previous head, rows).
create table audit_seal (
    upto bigint primary key,
    head bytea not null,
    at   timestamptz not null default now()
);

create table role_state (
    role     text primary key,
    pid      integer not null,
    started  timestamptz not null,
    beat     timestamptz not null default now(),
    restarts integer not null default 0,
    detail   text not null default ''
);

-- Monthly partitions are made ahead; what has none falls into the default one and nothing is refused.
create function make_partitions(first date, months integer) returns void language plpgsql as $$
declare
    parent text;
    month date;
begin
    foreach parent in array array['arrival_bytes', 'payload', 'delivery', 'audit'] loop
        for month in select (date_trunc('month', first) + make_interval(months => n))::date
                     from generate_series(0, months - 1) n loop
            if to_regclass(parent || to_char(month, '_YYYYMM')) is null then
                begin
                    execute format('create table %I partition of %I for values from (%L) to (%L)',
                        parent || to_char(month, '_YYYYMM'), parent, month::timestamptz, (month + interval '1 month')::timestamptz);
                exception when check_violation then
                    -- The default partition already holds rows of that month: they stay where they are.
                    null;
                end;
            end if;
        end loop;
    end loop;
end $$;
alter function make_partitions(date, integer) security definer set search_path = public, pg_temp;
set time zone 'UTC';
select make_partitions(now()::date, 3);
