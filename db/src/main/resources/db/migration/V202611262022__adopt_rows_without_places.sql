-- Why:    a row of a partition that was staged without the places of its rows in the file takes 8 bytes less: 84 with its key
--         instead of 92.
-- Locks:  none; rows: none. Present partitions stay as they are.
-- Undo:   db/undo/V202611262022__adopt_rows_without_places.sql

-- Makes a staged table the partition of a dataset from `lower` to before `upper`, its rows known since revision `rev`;
-- false, and nothing done, if the dataset has that partition. The table has all columns of an observation but `rev`,
-- which was not known while it was filled, the dataset's primary key, and a constraint `lies_within` that says which times
-- it holds, so that nothing is read again to check them. It may have `place` (where in the file a row stands). To be called
-- in the transaction that opened the revision.
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
  execute format('alter table staging.%I add column rev integer not null default %s, drop column if exists place,'
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
