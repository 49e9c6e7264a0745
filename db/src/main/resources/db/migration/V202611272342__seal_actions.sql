-- Why:    the actions of operators are on record, but a change of one by psql was not found: they are sealed in the chain of the
--         revisions, and the application may add actions and say how they ended, no more (docs/adr/043).
-- Locks:  ACCESS EXCLUSIVE on ref.seal while its new indexes are made, which reads it three times (none of its rows is in them); only
--         the task SEAL_REVISIONS and verifications wait. Rows: none; the next run of the task seals the actions that are there.
-- Undo:   db/undo/V202611272342__seal_actions.sql

-- An action has two links: one for what was asked, and one for how it ended. A third kind says that retention has removed the
-- actions before an instant; by it a row that is gone is known from one that somebody has removed.
alter table ref.seal
  alter column rev drop not null,
  add column action bigint,
  add column entry  text not null default 'REVISION'
    check (entry in ('REVISION', 'ACTION_BEGUN', 'ACTION_ENDED', 'ACTIONS_REMOVED')),
  add constraint seal_subject_check check ((entry = 'REVISION') = (rev is not null)
                                           and (entry in ('ACTION_BEGUN', 'ACTION_ENDED')) = (action is not null));
create unique index seal_action on ref.seal (action, entry) where action is not null;
create index seal_action_at on ref.seal (at) where entry = 'ACTION_BEGUN';
create index seal_actions_removed on ref.seal (number) where entry = 'ACTIONS_REMOVED';
comment on table ref.seal is 'The chain of hashes over all revisions, in commit order, and over the actions of operators; only added to';
comment on column ref.seal.at is 'When the revision was committed, or the action began; of removed actions, before when they began';
comment on column ref.seal.revision is 'SHA-256 of the row of ref.revision, or of that of the action';
comment on column ref.seal.action is 'The id of the action; null if the link is of none';
comment on column ref.seal.entry is 'What is sealed: a revision, what an action was, how it ended, or that old actions were removed';

-- As before, but for the links of actions in between.
create or replace function ref.seal_revisions(at_most integer) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set timezone = 'UTC'
  set extra_float_digits = 1
as $$
declare
  last   ref.seal;
  sealed ref.seal;
  revs   integer[];
  audit  record;
  link   record;
begin
  if at_most is null or at_most not between 1 and 100000 then
    raise exception 'From 1 to 100000 revisions are sealed at once.';
  end if;
  perform pg_advisory_xact_lock(20267, 0);
  select * into last from ref.seal s order by s.number desc limit 1;
  select * into sealed from ref.seal s where s.entry = 'REVISION' order by s.number desc limit 1;
  revs := array(
    select r.rev from ref.revision r
     where r.at >= coalesce(sealed.at, '-infinity')
       and (r.at, r.rev) > (coalesce(sealed.at, '-infinity'), coalesce(sealed.rev, 0))
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

-- Adds a link about actions to the chain. Its hash is of a text of another length than that of a revision.
create function ref.seal_entry(entry text, action bigint, at timestamptz, said bytea) returns void
  language sql
  set search_path = pg_catalog, pg_temp
begin atomic
  insert into ref.seal (number, at, rows, revision, states, hash, action, entry)
  select l.number + 1, seal_entry.at, 0, seal_entry.said, sha256(''::bytea),
         sha256(l.hash || int8send(l.number + 1) || timestamptz_send(seal_entry.at) || int8send(coalesce(seal_entry.action, 0))
                || convert_to(seal_entry.entry, 'UTF8') || seal_entry.said),
         seal_entry.action, seal_entry.entry
    from (select coalesce(max(s.number), 0) as number,
                 coalesce((select b.hash from ref.seal b order by b.number desc limit 1), ''::bytea) as hash
            from ref.seal s) l;
end;
comment on function ref.seal_entry is 'Adds a link about actions to the chain; for the functions that seal and remove them';
revoke execute on function ref.seal_entry(text, bigint, timestamptz, bytea) from public;

-- Seals actions. Those that begin at the same time may be committed in any order, but each within seconds: one that is not sealed,
-- and began an hour before one that is, was added later. It stays out, and is found. One that begins in the future says nothing of others.
create function ref.seal_actions(at_most integer) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set timezone = 'UTC'
  set extra_float_digits = 1
as $$
declare
  since  timestamptz;
  one    record;
  sealed integer := 0;
begin
  if at_most is null or at_most not between 1 and 100000 then
    raise exception 'From 1 to 100000 links are added at once.';
  end if;
  perform pg_advisory_xact_lock(20267, 0);
  since := coalesce((select max(s.at) from ref.seal s where s.entry = 'ACTION_BEGUN' and s.at <= clock_timestamp()) - interval '1 hour', '-infinity');
  for one in
    select e.entry, a.id, a.at,
           sha256(convert_to(jsonb_strip_nulls(case e.entry when 'ACTION_BEGUN' then to_jsonb(a) - 'status' else to_jsonb(a) end)::text,
                             'UTF8')) as said
      from performance_monitoring.action a
      cross join (values ('ACTION_BEGUN'), ('ACTION_ENDED')) e(entry)
     where (a.at > since or exists (select from ref.seal s where s.action = a.id and s.entry = 'ACTION_BEGUN'))
       and (e.entry = 'ACTION_BEGUN' or a.status is not null)
       and not exists (select from ref.seal s where s.action = a.id and s.entry = e.entry)
     order by a.id, e.entry
     limit at_most
  loop
    perform ref.seal_entry(one.entry, one.id, one.at, one.said);
    sealed := sealed + 1;
  end loop;
  return sealed;
end
$$;
comment on function ref.seal_actions is
  'Seals actions, each in two links: what was asked, and how it ended; answers how many links it has added, at most so many';
revoke execute on function ref.seal_actions(integer) from public;

-- Retention of actions. It is on record in the chain, and takes nothing that is younger than a day, whoever calls it.
create function ref.remove_actions(before timestamptz, at_most integer) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  cut     timestamptz := least(remove_actions.before, now() - interval '1 day');
  removed integer;
begin
  perform pg_advisory_xact_lock(20267, 0);
  delete from performance_monitoring.action a
   where a.id = any (array(select o.id from performance_monitoring.action o where o.at < cut order by o.at limit remove_actions.at_most));
  get diagnostics removed = row_count;
  if removed > 0 then
    perform ref.seal_entry('ACTIONS_REMOVED', null, cut, sha256(''::bytea));
  end if;
  return removed;
end
$$;
comment on function ref.remove_actions is
  'Removes actions that began before an instant, at most so many, and says so in the chain; answers how many';
revoke execute on function ref.remove_actions(timestamptz, integer) from public;

-- As before, but for the table of actions.
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
