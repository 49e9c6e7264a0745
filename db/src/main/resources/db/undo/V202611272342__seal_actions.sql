-- From the first link of an action on, nothing is sealed any more; the task of the release before seals those revisions anew.
do $$
declare
  first bigint := (select min(number) from ref.seal where entry <> 'REVISION');
begin
  delete from ref.sealed_state where rev in (select rev from ref.seal where number >= first);
  delete from ref.seal where number >= first;
end
$$;
drop function ref.remove_actions(timestamptz, integer);
drop function ref.seal_actions(integer);
drop function ref.seal_entry(text, bigint, timestamptz, bytea);
alter table ref.seal drop constraint seal_subject_check, drop column entry, drop column action, alter column rev set not null;
comment on table ref.seal is 'The chain of hashes over all revisions, in commit order; only added to';
comment on column ref.seal.at is 'When the revision was committed';
comment on column ref.seal.revision is 'SHA-256 of the row of ref.revision';
create or replace function ref.seal_revisions(at_most integer) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set timezone = 'UTC'
  set extra_float_digits = 1
as $$
declare
  last   ref.seal;
  revs   integer[];
  audit  record;
  link   record;
begin
  if at_most is null or at_most not between 1 and 100000 then
    raise exception 'From 1 to 100000 revisions are sealed at once.';
  end if;
  perform pg_advisory_xact_lock(20267, 0);
  select * into last from ref.seal s order by s.number desc limit 1;
  revs := array(
    select r.rev from ref.revision r
     where r.at >= coalesce(last.at, '-infinity') and (r.at, r.rev) > (coalesce(last.at, '-infinity'), coalesce(last.rev, 0))
     order by r.at, r.rev
     limit at_most);
  if revs = '{}' then
    return 0;
  end if;
  for audit in
    select format('%I.%I', n.nspname, c.relname) as name,
           array(select a.attname::text from pg_attribute a
                  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                    and (a.attgenerated <> '' or a.attname = 'revend' or a.attname like '%\_until')) as derived
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.relname like '%\_aud' and n.nspname in ('ref', 'raw', 'curated')
       -- The application makes tables in curated. What it attached to one of them would run with the rights of this function.
       and c.relowner = (select o.relowner from pg_class o where o.oid = 'ref.revision'::regclass)
     order by 1
  loop
    execute format(
      $f$
      insert into ref.sealed_state (rev, block, rows, audit, fingerprints)
      select a.rev, a.id >> 12, count(*), %L,
             string_agg(int4send(a.id) || sha256(convert_to((jsonb_strip_nulls(to_jsonb(a)) - $2)::text, 'UTF8')), ''::bytea order by a.id)
        from %s a
       where a.rev = any ($1)
       group by a.rev, a.id >> 12
      $f$, audit.name, audit.name)
      using revs, audit.derived;
  end loop;
  for link in
    select r.rev, r.at,
           sha256(convert_to(jsonb_strip_nulls(to_jsonb(r))::text, 'UTF8')) as revision,
           coalesce(s.rows, 0) as rows, sha256(coalesce(s.states, ''::bytea)) as states, p.sha256 as file
      from unnest(revs) with ordinality o(rev, place)
      join ref.revision r on r.rev = o.rev
      left join (select f.rev, sum(f.rows) as rows,
                        string_agg(sha256(convert_to(f.audit, 'UTF8') || int4send(f.block) || f.fingerprints), ''::bytea
                                   order by f.audit, f.block) as states
                   from ref.sealed_state f
                  where f.rev = any (revs)
                  group by f.rev) s on s.rev = o.rev
      left join raw.load l on l.id = r.load_id
      left join raw.payload p on p.id = l.payload_id
     order by o.place
  loop
    insert into ref.seal (number, at, rows, rev, revision, states, file, hash)
    values (coalesce(last.number, 0) + 1, link.at, link.rows, link.rev, link.revision, link.states, link.file,
            sha256(coalesce(last.hash, ''::bytea) || int8send(coalesce(last.number, 0) + 1) || timestamptz_send(link.at)
                   || int8send(link.rows::bigint) || int4send(link.rev) || link.revision || link.states || coalesce(link.file, ''::bytea)))
    returning * into last;
  end loop;
  return cardinality(revs);
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
