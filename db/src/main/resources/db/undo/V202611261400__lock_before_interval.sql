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
