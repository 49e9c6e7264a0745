comment on table ref.code is null;
comment on table ref.code_list is null;
comment on table ref.emission_source is null;
comment on table ref.facility is null;
comment on table ref.indicator is null;
comment on table ref.instrument is null;
comment on table ref.organization is null;
comment on table ref.provider is null;
comment on table ref.region is null;
comment on table ref.unit is null;
comment on table ref.revision is null;
comment on table raw.layout is null;
comment on table raw.load is null;
comment on table raw.payload is null;
comment on table staging.reject is null;
comment on table curated.dataset is null;
comment on table curated.partition is null;
comment on table curated.series is null;
comment on function ref.lock_topic is null;
comment on function ref.open_revision is null;
comment on function ref.check_revision is null;
comment on function ref.stamp_revision is null;
comment on function ref.stamp is null;
comment on function ref.revision_as_of is null;
comment on function ref.fold is null;
comment on function ref.keys is null;
comment on function ref.index_past is null;
comment on function ref.index_runs is null;
comment on function curated.adopt_partition is null;
comment on function curated.attach_dataset is null;
comment on function curated.attach_leaf is null;
comment on function curated.attach_partition is null;
comment on function curated.count_observations is null;
comment on function curated.drop_dataset is null;
comment on function curated.make_leaf is null;
comment on function curated.record_partition is null;
comment on function performance_monitoring.begins_with is null;
comment on function performance_monitoring.counted_since is null;

do $$
declare
  audit regclass;
  runs  regprocedure;
begin
  for audit in
    select c.oid from pg_class c
     where c.relnamespace in ('ref'::regnamespace, 'raw'::regnamespace, 'curated'::regnamespace)
       and c.relkind = 'r' and right(c.relname, 4) = '_aud'
  loop
    execute format('comment on table %s is null', audit);
  end loop;
  for runs in
    select p.oid from pg_proc p
     where p.pronamespace = 'ref'::regnamespace and (p.proname like 'begin\_runs\_%' or p.proname like 'end\_runs\_%')
  loop
    execute format('comment on function %s is null', runs);
  end loop;
end
$$;
