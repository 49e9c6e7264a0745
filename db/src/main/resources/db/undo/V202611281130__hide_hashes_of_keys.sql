-- Operators can read the hashes of keys again.
create or replace function performance_monitoring.grant_to_operators() returns boolean
  language plpgsql
as $$
begin
  if not exists (select from pg_roles where rolname = 'refdata_operator') then
    return false;
  end if;
  grant usage on schema performance_monitoring, ref, curated to refdata_operator;
  grant select on all tables in schema performance_monitoring, ref, curated to refdata_operator;
  alter default privileges in schema performance_monitoring, ref, curated grant select on tables to refdata_operator;
  grant execute on function performance_monitoring.schedule_maintenance(text, interval),
    performance_monitoring.create_partitions(text, integer) to refdata_operator;
  return true;
end
$$;

select performance_monitoring.grant_to_operators();
