-- Why:    operators could read the hashes of keys: the privileges that they get by default on all tables included ref.api_key,
--         and a right to columns takes nothing away from that.
-- Locks:  ref.api_key, for a moment; rows: none.
-- Undo:   db/undo/V202611281130__hide_hashes_of_keys.sql

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
  revoke select on ref.api_key from refdata_operator;
  grant select (id, created_at, expires_at, used_at, revoked_at, name, prefix, created_by, revoked_by, roles)
    on ref.api_key to refdata_operator;
  grant execute on function performance_monitoring.schedule_maintenance(text, interval),
    performance_monitoring.create_partitions(text, integer) to refdata_operator;
  return true;
end
$$;

select performance_monitoring.grant_to_operators();
