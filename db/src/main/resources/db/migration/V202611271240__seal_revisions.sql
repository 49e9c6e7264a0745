-- Why:    what was recorded must not be changed by psql without being found: revisions are sealed in a chain of hashes, behind
--         the writers (docs/adr/043).
-- Locks:  none that anyone holds yet; rows: none. The first runs of the task SEAL_REVISIONS seal the revisions that are there.
-- Undo:   db/undo/V202611271240__seal_revisions.sql

-- A link of the chain, in the order in which revisions were committed. What each hash is made of stands in seal_revisions.
create table ref.seal (
  number    bigint primary key,
  at        timestamptz not null,
  sealed_at timestamptz not null default clock_timestamp(),
  rows      bigint not null,
  rev       integer not null unique,
  revision  bytea not null check (length(revision) = 32),
  states    bytea not null check (length(states) = 32),
  file      bytea check (length(file) = 32),
  hash      bytea not null unique check (length(hash) = 32)
);
comment on table ref.seal is 'The chain of hashes over all revisions, in commit order; only added to';
comment on column ref.seal.number is 'Its place in the chain, from 1, without gaps';
comment on column ref.seal.at is 'When the revision was committed';
comment on column ref.seal.rows is 'How many audit rows the revision wrote';
comment on column ref.seal.revision is 'SHA-256 of the row of ref.revision';
comment on column ref.seal.states is 'SHA-256 of the fingerprints of its audit rows';
comment on column ref.seal.file is 'SHA-256 of the file or push that was loaded; null if the revision is not of a load';
comment on column ref.seal.hash is 'SHA-256 of the hash before it and of all that this row holds';

-- For each audit row its id (4 bytes) and the SHA-256 of what it says (32 bytes), in the order of ids. A row here is for ids
-- that share all but their last 12 bits, so that none grows over 147 kB, whatever a revision writes.
create table ref.sealed_state (
  rev          integer not null,
  block        integer not null,
  rows         integer not null,
  audit        text collate "C" not null,
  fingerprints bytea not null,
  primary key (rev, audit, block)
);
-- Hashes can't be compressed: no time is spent on trying.
alter table ref.sealed_state alter column fingerprints set storage external;
comment on table ref.sealed_state is 'The fingerprints of the audit rows that a sealed revision wrote; only added to';
comment on column ref.sealed_state.block is 'The ids of its items, divided by 4096';
comment on column ref.sealed_state.audit is 'The audit table, with its schema';

-- Seals the next revisions; answers how many. It sees all revisions that were committed before those it seals: each holds the lock of
-- stamps until it is committed. What a row says is its JSON without missing values, so that a column that is added later
-- changes no hash. It leaves out what later revisions write into earlier rows: `revend`, `…_until`, generated columns.
create function ref.seal_revisions(at_most integer) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set timezone = 'UTC'
  set extra_float_digits = 1
as $$
declare
  last   ref.seal;
  revs   integer[];
  audit  record;
  link   record;
begin
  if at_most is null or at_most not between 1 and 100000 then
    raise exception 'From 1 to 100000 revisions are sealed at once.';
  end if;
  perform pg_advisory_xact_lock(20267, 0);
  select * into last from ref.seal s order by s.number desc limit 1;
  revs := array(
    select r.rev from ref.revision r
     where r.at >= coalesce(last.at, '-infinity') and (r.at, r.rev) > (coalesce(last.at, '-infinity'), coalesce(last.rev, 0))
     order by r.at, r.rev
     limit at_most);
  if revs = '{}' then
    return 0;
  end if;
  for audit in
    select format('%I.%I', n.nspname, c.relname) as name,
           array(select a.attname::text from pg_attribute a
                  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                    and (a.attgenerated <> '' or a.attname = 'revend' or a.attname like '%\_until')) as derived
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.relname like '%\_aud' and n.nspname in ('ref', 'raw', 'curated')
       -- The application makes tables in curated. What it attached to one of them would run with the rights of this function.
       and c.relowner = (select o.relowner from pg_class o where o.oid = 'ref.revision'::regclass)
     order by 1
  loop
    execute format(
      $f$
      insert into ref.sealed_state (rev, block, rows, audit, fingerprints)
      select a.rev, a.id >> 12, count(*), %L,
             string_agg(int4send(a.id) || sha256(convert_to((jsonb_strip_nulls(to_jsonb(a)) - $2)::text, 'UTF8')), ''::bytea order by a.id)
        from %s a
       where a.rev = any ($1)
       group by a.rev, a.id >> 12
      $f$, audit.name, audit.name)
      using revs, audit.derived;
  end loop;
  for link in
    select r.rev, r.at,
           sha256(convert_to(jsonb_strip_nulls(to_jsonb(r))::text, 'UTF8')) as revision,
           coalesce(s.rows, 0) as rows, sha256(coalesce(s.states, ''::bytea)) as states, p.sha256 as file
      from unnest(revs) with ordinality o(rev, place)
      join ref.revision r on r.rev = o.rev
      left join (select f.rev, sum(f.rows) as rows,
                        string_agg(sha256(convert_to(f.audit, 'UTF8') || int4send(f.block) || f.fingerprints), ''::bytea
                                   order by f.audit, f.block) as states
                   from ref.sealed_state f
                  where f.rev = any (revs)
                  group by f.rev) s on s.rev = o.rev
      left join raw.load l on l.id = r.load_id
      left join raw.payload p on p.id = l.payload_id
     order by o.place
  loop
    insert into ref.seal (number, at, rows, rev, revision, states, file, hash)
    values (coalesce(last.number, 0) + 1, link.at, link.rows, link.rev, link.revision, link.states, link.file,
            sha256(coalesce(last.hash, ''::bytea) || int8send(coalesce(last.number, 0) + 1) || timestamptz_send(link.at)
                   || int8send(link.rows::bigint) || int4send(link.rev) || link.revision || link.states || coalesce(link.file, ''::bytea)))
    returning * into last;
  end loop;
  return cardinality(revs);
end
$$;
comment on function ref.seal_revisions is
  'Seals at most so many revisions that are not yet, in the order in which they were committed; answers how many';
revoke execute on function ref.seal_revisions(integer) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'refdata_operator') then
    grant select on ref.seal, ref.sealed_state to refdata_operator;
  end if;
end
$$;
