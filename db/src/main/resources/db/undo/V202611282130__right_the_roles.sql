-- The next start of the release before grants as it did.
do $$
begin
  execute format('alter function performance_monitoring.create_partitions(text, integer) owner to %I',
    (select r.rolname from pg_proc p join pg_roles r on r.oid = p.proowner
      where p.oid = 'performance_monitoring.schedule_maintenance(text, interval)'::regprocedure));
end
$$;
create or replace function ref.grant_to_application(application name) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  one record;
begin
  execute format('grant usage on schema ref, raw, staging, curated, archive, performance_monitoring to %I', application);
  execute format('grant create on schema staging, curated, archive to %I', application);
  -- JBeret makes its tables at the first start. From then on nothing new is wanted in public: whoever could add functions there could
  -- put them in the way of the owner's.
  if exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where n.nspname = 'public' and c.relname = 'job_instance') then
    execute format('revoke create on schema public from %I', application);
  else
    execute format('grant create on schema public to %I', application);
  end if;
  -- Models of indexes have a schema of their own for as long as they are measured.
  execute format('grant create on database %I to %I', current_database(), application);

  execute format('grant usage on all sequences in schema ref, raw, staging, curated, performance_monitoring to %I', application);
  execute format('grant execute on all functions in schema ref, curated, performance_monitoring to %I', application);
  execute format(
    'revoke execute on function ref.grant_to_application(name), performance_monitoring.grant_to_operators(),'
    ' performance_monitoring.create_partitions(text, integer) from %I', application);

  for one in
    select format('%I.%I', n.nspname, c.relname) as name, n.nspname as schema, c.relname, c.oid, c.relkind,
           c.relowner = (select r.oid from pg_roles r where r.rolname = application) as owned
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v')
       and (n.nspname in ('ref', 'raw', 'staging', 'curated', 'archive', 'performance_monitoring')
            or n.nspname = 'public' and c.relname in ('job_instance', 'job_execution', 'step_execution', 'partition_execution'))
     order by 1
  loop
    if one.schema = 'archive'
       or one.schema = 'curated' and one.relname ~ '^observation(_vintage)?(_[0-9]|$)'
       or one.schema = 'staging' and one.relname <> 'reject'
       or one.schema = 'public' then
      if not one.owned then
        execute format('alter table %s owner to %I', one.name, application);
      end if;
    elsif one.relkind = 'v' then
      execute format('grant select on %s to %I', one.name, application);
    elsif one.name in ('ref.seal', 'ref.sealed_state') then
      execute format('grant select, maintain on %s to %I', one.name, application);
    elsif one.name = 'ref.revision' then
      execute format('grant select, insert, maintain on %s to %I', one.name, application);
      execute format('grant update (at) on %s to %I', one.name, application);
    elsif one.name = 'performance_monitoring.action' then
      -- Earlier releases gave it more.
      execute format('revoke update, delete on %s from %I', one.name, application);
      execute format('grant select, insert, maintain on %s to %I', one.name, application);
      execute format('grant update (status) on %s to %I', one.name, application);
    elsif one.relname like '%\_aud' then
      execute format('grant select, insert, maintain on %s to %I', one.name, application);
      execute (
        select format('grant update (%s) on %s to %I', string_agg(quote_ident(a.attname), ', '), one.name, application)
          from pg_attribute a
         where a.attrelid = one.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
           and (a.attname = 'revend' or a.attname like '%\_until'));
    else
      execute format('grant select, insert, update, delete, maintain on %s to %I', one.name, application);
    end if;
  end loop;
end
$$;
