-- Who may see what. `may` is the twin of dragoman.route.rights.may, made from the same table: a test holds them equal.
-- Partners are served by a role that is fenced by row-level security: no viewer, no rows.

create function viewer() returns integer language sql stable parallel safe as $$
    select nullif(current_setting('app.viewer', true), '')::integer
$$;

CREATE FUNCTION may(grant_since timestamptz, grant_withdrawn timestamptz, agreement_state text, valid_from timestamptz, valid_until timestamptz, advance boolean, embargoed_until timestamptz, item_state text, act text, action text, now timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT COALESCE(
  grant_since <= now AND
    CASE
      WHEN action IN ('see', 'read', 'send', 'translate') AND item_state IN ('usable') AND act IN ('publish', 'update', 'correct', 'release')
      THEN grant_withdrawn IS NULL AND agreement_state = 'active'
        AND valid_from <= now AND (valid_until IS NULL OR now < valid_until)
        AND (advance OR embargoed_until IS NULL OR embargoed_until <= now)
      WHEN action IN ('onward') AND item_state IN ('usable') AND act IN ('publish', 'update', 'correct', 'release')
      THEN grant_withdrawn IS NULL AND agreement_state = 'active'
        AND valid_from <= now AND (valid_until IS NULL OR now < valid_until)
        AND (embargoed_until IS NULL OR embargoed_until <= now)
      WHEN action IN ('send', 'tombstone') AND item_state IN ('held') AND act IN ('hold')
      THEN true
      WHEN action IN ('send', 'tombstone') AND item_state IN ('killed', 'expunged') AND act IN ('kill')
      THEN true
      ELSE false
    END,
  false)
$$;

-- May this agency do this with this version, now? A grant counts under the agreement in force, if it was given under a
-- revision that the terms in force cover.
create function agency_may(agency_id integer, version_sequence bigint, action text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from item_grant g
        join version v on v.sequence = g.sequence
        join item i on i.id = v.item
        left join agreement a on a.id = g.agreement and a.state = 'active' and a.covers_from <= g.revision
        where g.sequence = version_sequence and g.agency = agency_id
          and may(g.since, g.withdrawn, a.state, a.valid_from, a.valid_until, g.advance and coalesce(a.advance, false),
                  i.embargoed_until, i.state, v.act, action, now()))
$$;

-- Why a delivery may not begin now; empty: it may.
create function may_deliver(agency_id integer, version_sequence bigint) returns text
language sql stable as $$
    select coalesce((
        select case
            when may(g.since, g.withdrawn, a.state, a.valid_from, a.valid_until, g.advance and coalesce(a.advance, false),
                     i.embargoed_until, i.state, v.act, 'send', now()) then ''
            when i.state <> 'usable' then 'the item is ' || i.state
            when g.withdrawn is not null then 'superseded'
            when g.since > now() or i.embargoed_until > now() then 'embargo'
            when a.id is null then 'no agreement in force'
            else 'the agreement does not allow it now'
        end
        from item_grant g
        join version v on v.sequence = g.sequence
        join item i on i.id = v.item
        left join agreement a on a.id = g.agreement and a.state = 'active' and a.covers_from <= g.revision
        where g.sequence = version_sequence and g.agency = agency_id), 'no grant')
$$;

-- ---------------------------------------------------------------------------------------------- the partner's fence

alter table item_grant enable row level security;
alter table version enable row level security;
alter table payload enable row level security;
alter table delivery enable row level security;
alter table agreement enable row level security;
alter table item enable row level security;
alter table agency enable row level security;

create policy newsroom_all on item_grant to dragoman_newsroom using (true) with check (true);
create policy newsroom_all on version to dragoman_newsroom using (true) with check (true);
create policy newsroom_all on payload to dragoman_newsroom using (true) with check (true);
create policy newsroom_all on delivery to dragoman_newsroom using (true) with check (true);
create policy newsroom_all on agreement to dragoman_newsroom using (true) with check (true);
create policy newsroom_all on item to dragoman_newsroom using (true) with check (true);
create policy newsroom_all on agency to dragoman_newsroom using (true) with check (true);

create policy partner_own on item_grant to dragoman_partner
    using (agency = (select viewer()) and position is not null and withdrawn is null);
create policy partner_granted on version to dragoman_partner
    using (exists (select from item_grant g where g.sequence = version.sequence));
create policy partner_granted on payload to dragoman_partner
    using (agency_may((select viewer()), sequence, 'read') or agency_may((select viewer()), sequence, 'tombstone'));
create policy partner_own on delivery to dragoman_partner using (agency = (select viewer()));
create policy partner_own on agreement to dragoman_partner using (partner = (select viewer()));
create policy partner_granted on item to dragoman_partner
    using (exists (select from version v where v.item = item.id));
-- A partner sees itself, us, and the origins of what it was granted.
create policy partner_known on agency to dragoman_partner
    using (id = (select viewer()) or ((select viewer()) is not null and home)
           or exists (select from version v where v.origin = agency.id));

-- What a partner reads: its change feed. A correction or a kill is a new entry; what it replaces is no longer there.
create view partner_change with (security_invoker = true) as
    select g.position, v.sequence, v.act, v.received, v.at, v.origin, v.language, v.kind, v.urgency, i.uri, v.version,
           p.item, g.agreement, g.revision, g.advance, v.embargoed_until
    from item_grant g
    join version v on v.sequence = g.sequence
    join item i on i.id = v.item
    join payload p on p.sequence = v.sequence and p.at = v.received;

create view partner_delivery with (security_invoker = true) as
    select d.channel, d.sequence, d.at, d.act, d.state, d.due, d.attempts, d.sent, d.receipted, d.reason from delivery d;

create view partner_agreement with (security_invoker = true) as
    select a.id, a.revision, a.state, a.terms, a.signatures, a.valid_from, a.valid_until from agreement a;

grant usage on schema public to dragoman_newsroom, dragoman_partner;
grant select, insert, update, delete on all tables in schema public to dragoman_newsroom;
grant usage, select, update on all sequences in schema public to dragoman_newsroom;
grant execute on all functions in schema public to dragoman_newsroom;
-- The past is not rewritten: audit and versions are append-only for those who work here.
revoke update, delete on audit, audit_seal, version, epoch from dragoman_newsroom;
-- A partner's role reads through the views alone; the rows beneath are fenced as well.
grant select on partner_change, partner_delivery, partner_agreement to dragoman_partner;
grant select on item_grant, payload, delivery, agreement to dragoman_partner;
grant select (id, uri) on item to dragoman_partner;
grant select (sequence, version, item, origin, act, language, kind, urgency, at, received, embargoed_until)
    on version to dragoman_partner;
grant select (id, code, name, home) on agency to dragoman_partner;
grant select on epoch to dragoman_partner;
grant execute on function viewer(), agency_may(integer, bigint, text) to dragoman_partner;
