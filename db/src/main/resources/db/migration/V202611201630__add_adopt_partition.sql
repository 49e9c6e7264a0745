-- Why:    a load whose rows go where a dataset has no partition yet need not copy them a second time: the table
--         they were staged in becomes the partition.
-- Locks:  none; rows: none.
-- Undo:   db/undo/V202611201630__add_adopt_partition.sql

-- Makes a staged table the partition of a dataset from `lower` to before `upper`, its rows known since revision `rev`;
-- false, and nothing done, if the dataset has that partition. The table has all columns of an observation but `rev`,
-- which was not known while it was filled, the dataset's primary key, `place` (where in the file a row stands), and
-- a constraint `lies_within` that says which times it holds, so that nothing is read again to check them. To be
-- called in the transaction that opened the revision.
create function curated.adopt_partition(
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
