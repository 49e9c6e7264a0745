-- Why:    partitions become data. A read names the tables that `curated.partition` lists, in its own snapshot; it no longer
--         goes through a partitioned parent, whose list of partitions a session may keep for longer than a commit is
--         visible. Each dataset's table stands alone, so attaching touches one dataset.
-- Locks:  ACCESS EXCLUSIVE on curated.observation, curated.observation_vintage and the datasets' tables, for a moment;
--         rows: two for each partition; none of observations are read or written.
-- Undo:   db/undo/V202611260900__record_partitions.sql

-- A table (`leaf`, in schema curated) that holds a dataset's observations from `lower` to before `upper`: what is known now
-- (VALUE), or what was known before (VINTAGE). The row is what makes it exist: it comes in the transaction that fills it.
create table curated.partition (
  lower      timestamptz not null,
  upper      timestamptz not null check (lower < upper),
  dataset_id integer     not null references curated.dataset,
  kind       text        not null check (kind in ('VALUE', 'VINTAGE')),
  state      text        not null default 'ACTIVE' check (state in ('ACTIVE', 'RETIRED')),
  leaf       text collate "C" not null unique,
  primary key (dataset_id, kind, lower)
);

-- No name is given twice: who still has the name of a dropped table must get an error, not another table.
create sequence curated.partition_number;

insert into curated.partition (lower, upper, dataset_id, kind, leaf)
select bounds[1]::timestamptz, bounds[2]::timestamptz, dataset.id,
       case when starts_with(parent.relname, 'observation_vintage') then 'VINTAGE' else 'VALUE' end, leaf.relname
  from pg_inherits top
  join pg_class parent on parent.oid = top.inhrelid
  join curated.dataset dataset on dataset.id = substring(parent.relname from '\d+$')::integer
  join pg_inherits below on below.inhparent = parent.oid and not below.inhdetachpending
  join pg_class leaf on leaf.oid = below.inhrelid
 cross join regexp_match(pg_get_expr(leaf.relpartbound, leaf.oid), $$FROM \('(.+)'\) TO \('(.+)'\)$$) as bounds
 where top.inhparent in ('curated.observation'::regclass, 'curated.observation_vintage'::regclass);

do $$
declare
  dataset record;
begin
  for dataset in
    select i.inhparent::regclass as parent, i.inhrelid::regclass as child, d.id is null as deleted
      from pg_inherits i
      join pg_class c on c.oid = i.inhrelid
      left join curated.dataset d on d.id = substring(c.relname from '\d+$')::integer
     where i.inhparent in ('curated.observation'::regclass, 'curated.observation_vintage'::regclass)
  loop
    execute format('alter table %s detach partition %s', dataset.parent, dataset.child);
    -- A server that ended in the midst of a deletion left it.
    if dataset.deleted then
      execute format('drop table %s', dataset.child);
    end if;
  end loop;
end
$$;
drop table curated.observation, curated.observation_vintage;

-- Makes the two tables of a dataset, divided by time, unless they are there. They are for people with psql: the platform
-- reads and writes their partitions. `time` is the start of the period, in UTC. A row of `observation_<id>` is what is
-- known now, since revision `rev`; one of `observation_vintage_<id>` was known from `rev` until before `superseded_by`.
create or replace function curated.attach_dataset(dataset_id integer) returns void
  language plpgsql
as $$
begin
  perform pg_advisory_xact_lock(20263, attach_dataset.dataset_id);
  execute format(
    'create table if not exists curated.%I ('
    '  time timestamptz not null, value double precision, dataset_id integer not null, series_id integer not null,'
    '  rev integer not null, status "char" not null default ''A'','
    '  primary key (dataset_id, series_id, time)) partition by range (time)',
    'observation_' || attach_dataset.dataset_id);
  execute format(
    'create table if not exists curated.%I ('
    '  time timestamptz not null, value double precision, dataset_id integer not null, series_id integer not null,'
    '  rev integer not null, superseded_by integer not null, status "char" not null,'
    '  primary key (dataset_id, series_id, time, rev)) partition by range (time)',
    'observation_vintage_' || attach_dataset.dataset_id);
end
$$;

-- Drops the tables of a dataset and all their partitions. What is on record of them has to be deleted before, and
-- committed: this waits for who still reads them, and nobody new may come.
create function curated.drop_dataset(dataset_id integer) returns void
  language plpgsql
as $$
begin
  execute format('drop table if exists curated.%I, curated.%I',
    'observation_' || drop_dataset.dataset_id, 'observation_vintage_' || drop_dataset.dataset_id);
end
$$;

-- Puts a partition on record and answers with the name of its table, which is to be made in the same transaction.
create function curated.record_partition(dataset_id integer, kind text, lower timestamptz, upper timestamptz)
  returns text
  language sql
as $$
  insert into curated.partition (lower, upper, dataset_id, kind, leaf)
  values (record_partition.lower, record_partition.upper, record_partition.dataset_id, record_partition.kind,
          case record_partition.kind when 'VALUE' then 'observation' else 'observation_vintage' end
          || '_' || record_partition.dataset_id
          || '_' || to_char(record_partition.lower at time zone 'UTC', 'YYYYMMDD')
          || '_' || nextval('curated.partition_number'))
  returning leaf
$$;

-- Attaches a table to that of its dataset. An empty one, or one whose constraint says what it holds, is not read.
create function curated.attach_leaf(dataset_id integer, kind text, leaf text, lower timestamptz, upper timestamptz)
  returns void
  language plpgsql
as $$
begin
  execute format('alter table curated.%I attach partition curated.%I for values from (%L) to (%L)',
    case attach_leaf.kind when 'VALUE' then 'observation_' else 'observation_vintage_' end || attach_leaf.dataset_id,
    attach_leaf.leaf, attach_leaf.lower, attach_leaf.upper);
end
$$;

-- Makes an empty partition. Who calls it holds the lock of the dataset's partitions.
create function curated.make_leaf(dataset_id integer, kind text, lower timestamptz, upper timestamptz) returns void
  language plpgsql
as $$
declare
  leaf text := curated.record_partition(make_leaf.dataset_id, make_leaf.kind, make_leaf.lower, make_leaf.upper);
begin
  execute format('create table curated.%I (like curated.%I including all)', leaf,
    case make_leaf.kind when 'VALUE' then 'observation_' else 'observation_vintage_' end || make_leaf.dataset_id);
  perform curated.attach_leaf(make_leaf.dataset_id, make_leaf.kind, leaf, make_leaf.lower, make_leaf.upper);
end
$$;

-- Makes the partition of a dataset that holds an instant, with that of its vintages, unless it is on record; answers whether
-- it made it. It waits for no reader and no writer, only for another that makes partitions of the dataset.
create or replace function curated.attach_partition(dataset_id integer, at timestamptz) returns boolean
  language plpgsql
as $$
declare
  unit  text;
  start timestamptz;
  next  timestamptz;
begin
  select d.interval into strict unit from curated.dataset d where d.id = attach_partition.dataset_id;
  start := date_trunc(unit, attach_partition.at, 'UTC');
  next := (start at time zone 'UTC' +
    case unit when 'QUARTER' then interval '3 months' else ('1 ' || unit)::interval end) at time zone 'UTC';
  perform pg_advisory_xact_lock(20263, attach_partition.dataset_id);
  if exists (select from curated.partition p
              where p.dataset_id = attach_partition.dataset_id and p.kind = 'VALUE' and p.lower = start) then
    return false;
  end if;
  perform curated.make_leaf(attach_partition.dataset_id, 'VALUE', start, next);
  perform curated.make_leaf(attach_partition.dataset_id, 'VINTAGE', start, next);
  return true;
end
$$;

-- Makes a staged table the partition of a dataset from `lower` to before `upper`, its rows known since revision `rev`;
-- false, and nothing done, if the dataset has that partition. The table has all columns of an observation but `rev`,
-- which was not known while it was filled, the dataset's primary key, `place` (where in the file a row stands), and
-- a constraint `lies_within` that says which times it holds, so that nothing is read again to check them. To be
-- called in the transaction that opened the revision.
create or replace function curated.adopt_partition(
    dataset_id integer, lower timestamptz, upper timestamptz, staged text, rev integer)
  returns boolean
  language plpgsql
as $$
declare
  leaf text;
begin
  perform pg_advisory_xact_lock(20263, adopt_partition.dataset_id);
  if exists (select from curated.partition p
              where p.dataset_id = adopt_partition.dataset_id and p.kind = 'VALUE' and p.lower = adopt_partition.lower) then
    return false;
  end if;
  leaf := curated.record_partition(adopt_partition.dataset_id, 'VALUE', adopt_partition.lower, adopt_partition.upper);
  -- A constant for rows that are there already is kept with the table: nothing is rewritten.
  execute format('alter table staging.%I add column rev integer not null default %s, drop column place,'
    ' alter column status set default ''A'', reset (autovacuum_enabled)', staged, adopt_partition.rev);
  execute format('alter table staging.%I alter column rev drop default, alter column dataset_id drop default', staged);
  execute format('alter table staging.%I set schema curated', staged);
  execute format('alter table curated.%I rename to %I', staged, leaf);
  execute format('alter index curated.%I rename to %I', staged || '_pkey', leaf || '_pkey');
  perform curated.attach_leaf(adopt_partition.dataset_id, 'VALUE', leaf, adopt_partition.lower, adopt_partition.upper);
  execute format('alter table curated.%I drop constraint lies_within', leaf);
  perform curated.make_leaf(adopt_partition.dataset_id, 'VINTAGE', adopt_partition.lower, adopt_partition.upper);
  return true;
end
$$;
