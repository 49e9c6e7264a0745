drop function curated.make_leaf(integer, text, timestamptz, timestamptz);
drop function curated.attach_leaf(integer, text, text, timestamptz, timestamptz);
drop function curated.record_partition(integer, text, timestamptz, timestamptz);
drop function curated.drop_dataset(integer);
create table curated.observation (
  time       timestamptz not null,
  value      double precision,
  dataset_id integer not null,
  series_id  integer not null,
  rev        integer not null,
  status     "char" not null default 'A',
  primary key (dataset_id, series_id, time)
) partition by list (dataset_id);

create table curated.observation_vintage (
  time          timestamptz not null,
  value         double precision,
  dataset_id    integer not null,
  series_id     integer not null,
  rev           integer not null,
  superseded_by integer not null,
  status        "char" not null,
  primary key (dataset_id, series_id, time, rev)
) partition by list (dataset_id);

-- The names and the parents of before. Attaching reads the observations, since nothing else says whose they are.
do $$
declare
  part    record;
  dataset record;
begin
  for part in
    select p.leaf, case p.kind when 'VALUE' then 'observation' else 'observation_vintage' end
                   || '_' || p.dataset_id || '_' || to_char(p.lower at time zone 'UTC', 'YYYYMMDD') as before
      from curated.partition p
  loop
    if part.leaf <> part.before then
      execute format('alter table curated.%I rename to %I', part.leaf, part.before);
    end if;
  end loop;
  for dataset in select d.id from curated.dataset d loop
    execute format('alter table curated.observation attach partition curated.%I for values in (%s)',
      'observation_' || dataset.id, dataset.id);
    execute format('alter table curated.observation_vintage attach partition curated.%I for values in (%s)',
      'observation_vintage_' || dataset.id, dataset.id);
  end loop;
end
$$;
drop table curated.partition;
drop sequence curated.partition_number;

create or replace function curated.attach_dataset(dataset_id integer) returns void
  language plpgsql
as $$
declare
  parent text;
begin
  perform pg_advisory_xact_lock(20263, dataset_id);
  if to_regclass(format('curated.%I', 'observation_' || dataset_id)) is not null then
    return;
  end if;
  foreach parent in array array['observation', 'observation_vintage'] loop
    execute format('create table curated.%I (like curated.%I including all) partition by range (time)',
      parent || '_' || dataset_id, parent);
    execute format('alter table curated.%I attach partition curated.%I for values in (%s)',
      parent, parent || '_' || dataset_id, dataset_id);
  end loop;
end
$$;

create or replace function curated.attach_partition(dataset_id integer, at timestamptz) returns boolean
  language plpgsql
as $$
declare
  unit   text;
  lower  timestamptz;
  upper  timestamptz;
  parent text;
  leaf   text;
begin
  select d.interval into strict unit from curated.dataset d where d.id = attach_partition.dataset_id;
  lower := date_trunc(unit, attach_partition.at, 'UTC');
  upper := (lower at time zone 'UTC' +
    case unit when 'QUARTER' then interval '3 months' else ('1 ' || unit)::interval end) at time zone 'UTC';
  perform pg_advisory_xact_lock(20263, dataset_id);
  if to_regclass(format('curated.%I',
       'observation_' || dataset_id || '_' || to_char(lower at time zone 'UTC', 'YYYYMMDD'))) is not null then
    return false;
  end if;
  foreach parent in array array['observation_' || dataset_id, 'observation_vintage_' || dataset_id] loop
    leaf := parent || '_' || to_char(lower at time zone 'UTC', 'YYYYMMDD');
    execute format('create table curated.%I (like curated.%I including all)', leaf, parent);
    execute format('alter table curated.%I attach partition curated.%I for values from (%L) to (%L)',
      parent, leaf, lower, upper);
  end loop;
  return true;
end
$$;
create or replace function curated.adopt_partition(
    dataset_id integer, lower timestamptz, upper timestamptz, staged text, rev integer)
  returns boolean
  language plpgsql
as $$
declare
  suffix text := '_' || adopt_partition.dataset_id || '_' || to_char(lower at time zone 'UTC', 'YYYYMMDD');
begin
  perform pg_advisory_xact_lock(20263, adopt_partition.dataset_id);
  if to_regclass(format('curated.%I', 'observation' || suffix)) is not null then
    return false;
  end if;
  -- A constant for rows that are there already is kept with the table: nothing is rewritten.
  execute format('alter table staging.%I add column rev integer not null default %s, drop column place,'
    ' alter column status set default ''A'', reset (autovacuum_enabled)', staged, adopt_partition.rev);
  execute format('alter table staging.%I alter column rev drop default, alter column dataset_id drop default', staged);
  execute format('alter table staging.%I set schema curated', staged);
  execute format('alter table curated.%I rename to %I', staged, 'observation' || suffix);
  execute format('alter index curated.%I rename to %I', staged || '_pkey', 'observation' || suffix || '_pkey');
  execute format('alter table curated.%I attach partition curated.%I for values from (%L) to (%L)',
    'observation_' || adopt_partition.dataset_id, 'observation' || suffix, lower, upper);
  execute format('alter table curated.%I drop constraint lies_within', 'observation' || suffix);

  execute format('create table curated.%I (like curated.%I including all)',
    'observation_vintage' || suffix, 'observation_vintage_' || adopt_partition.dataset_id);
  execute format('alter table curated.%I attach partition curated.%I for values from (%L) to (%L)',
    'observation_vintage_' || adopt_partition.dataset_id, 'observation_vintage' || suffix, lower, upper);
  return true;
end
$$;
