create or replace function curated.make_leaf(dataset_id integer, kind text, lower timestamptz, upper timestamptz) returns void
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
drop function ref.grant_to_application(name);
