-- The role stays: other databases may use it.
do $$
begin
  if exists (select from pg_roles where rolname = 'refdata_operator') then
    alter default privileges in schema performance_monitoring, ref, curated revoke select on tables from refdata_operator;
    revoke execute on all functions in schema performance_monitoring from refdata_operator;
    revoke select on all tables in schema performance_monitoring, ref, curated from refdata_operator;
    revoke usage on schema performance_monitoring, ref, curated from refdata_operator;
  end if;
end
$$;
drop function performance_monitoring.grant_to_operators, performance_monitoring.benchmark_query_detailed,
  performance_monitoring.drop_old_partitions, performance_monitoring.create_monthly_partitions,
  performance_monitoring.create_partitions, performance_monitoring.schedule_maintenance;
