-- Why:    who makes a partition reads the dataset's interval when it holds the lock of the dataset's partitions: read before,
--         the interval could change while it waited, and the partition would overlap later ones. And the first decade
--         begins with year 1, as the platform has it: the years 1 to 9 could not be stored.
-- Locks:  none; rows: none.
-- Undo:   db/undo/V202611261400__lock_before_interval.sql

-- Makes the partition of a dataset that holds an instant, with that of its vintages, unless it is on record; answers whether
-- it made it. It waits for no reader and no writer, only for another that makes partitions of the dataset or defines it.
create or replace function curated.attach_partition(dataset_id integer, at timestamptz) returns boolean
  language plpgsql
as $$
declare
  unit  text;
  start timestamptz;
  next  timestamptz;
begin
  perform pg_advisory_xact_lock(20263, attach_partition.dataset_id);
  select d.interval into strict unit from curated.dataset d where d.id = attach_partition.dataset_id;
  start := date_trunc(unit, attach_partition.at, 'UTC');
  next := (start at time zone 'UTC' +
    case unit when 'QUARTER' then interval '3 months' else ('1 ' || unit)::interval end) at time zone 'UTC';
  -- The first decade begins with year 1: there is no year 0.
  start := greatest(start, timestamptz '0001-01-01 00:00:00+00');
  if exists (select from curated.partition p
              where p.dataset_id = attach_partition.dataset_id and p.kind = 'VALUE' and p.lower = start) then
    return false;
  end if;
  perform curated.make_leaf(attach_partition.dataset_id, 'VALUE', start, next);
  perform curated.make_leaf(attach_partition.dataset_id, 'VINTAGE', start, next);
  return true;
end
$$;
