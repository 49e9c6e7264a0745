drop index ref.facility_capacity;
create index facility_capacity on ref.facility (capacity_mw desc nulls last, code);
do $$
declare
  past record;
  added record;
begin
  for past in
    select t.tgrelid::regclass as audit, c.relname, c.relnamespace::regnamespace as place
      from pg_trigger t
      join pg_class c on c.oid = t.tgrelid
     where t.tgname = 'begin_runs'
  loop
    execute format('drop trigger begin_runs on %s', past.audit);
    execute format('drop trigger end_runs on %s', past.audit);
    execute format('drop function %s.%I()', past.place, 'begin_runs_' || past.relname);
    execute format('drop function %s.%I()', past.place, 'end_runs_' || past.relname);
    execute format('alter table %s drop column folded_name', past.audit);
    -- The indexes of the runs go with their columns.
    for added in
      select a.attname from pg_attribute a
       where a.attrelid = past.audit and a.attname like '%\_until' and not a.attisdropped
    loop
      execute format('alter table %s drop column %I', past.audit, added.attname);
    end loop;
    execute format('create index %I on %s (id) where revend is null', past.relname || '_open', past.audit);
    execute format('drop index %s.%I', past.place, past.relname || '_ended');
    execute format('create index %I on %s using gist (int4range(rev, revend)) where revtype <> 2',
      past.relname || '_holds', past.audit);
  end loop;
end
$$;
drop function ref.index_runs(regclass, text[]);

create function ref.index_past_values(audit regclass, variadic columns text[]) returns void
  language plpgsql
as $$
declare
  name text := (select c.relname from pg_class c where c.oid = audit);
  place text := (select c.relnamespace::regnamespace from pg_class c where c.oid = audit);
  indexed text;
begin
  -- To fold a name takes longer than to compare it, and each that an index finds is compared once more.
  execute format(
    $f$
    alter table %s
      add column changed boolean not null default true,
      add column renamed boolean not null default true,
      add column folded_name text collate "C" generated always as (case when renamed then ref.fold(name) end) stored
    $f$,
    audit);
  execute format(
    $f$
    create function %1$s.%2$I() returns trigger
      language plpgsql
    as $body$
    begin
      select p.revtype = 2 or row(%4$s) is distinct from row(%5$s), p.revtype = 2 or p.name is distinct from new.name
        into new.changed, new.renamed
        from %3$s p
       where p.id = new.id and p.rev < new.rev
       order by p.rev desc
       limit 1;
      if not found then
        new.changed := true;
        new.renamed := true;
      end if;
      return new;
    end
    $body$
    $f$,
    place, 'mark_' || name, audit,
    (select string_agg(format('p.%I', c), ', ') from unnest(columns) c),
    (select string_agg(format('new.%I', c), ', ') from unnest(columns) c));
  execute format(
    'create trigger mark_changed before insert on %s for each row when (new.revtype = 1) execute function %s.%I()',
    audit, place, 'mark_' || name);
  foreach indexed in array columns loop
    execute format(
      'create index %I on %s (%3$I, code, id) include (rev) where changed and revtype <> 2 and %3$I is not null',
      name || '_ever_' || indexed, audit, indexed);
  end loop;
  execute format(
    'create index %I on %s using gin (folded_name gin_trgm_ops) where folded_name is not null and revtype <> 2',
    name || '_ever_name', audit);
end
$$;

do $$
begin
  perform ref.index_past_values('ref.code_aud', 'list_id', 'parent_id', 'replaced_by_id');
  perform ref.index_past_values('ref.region_aud', 'kind', 'parent_id', 'replaced_by_id');
  perform ref.index_past_values('ref.organization_aud', 'kind', 'status', 'region_id', 'parent_id');
  perform ref.index_past_values('ref.facility_aud', 'kind', 'fuel', 'region_id', 'organization_id');
  perform ref.index_past_values('ref.emission_source_aud', 'facility_id', 'gas', 'method');
  perform ref.index_past_values('ref.instrument_aud', 'kind', 'currency', 'unit_id', 'region_id');
  perform ref.index_past_values('ref.indicator_aud', 'unit_id', 'aggregation');
end
$$;
