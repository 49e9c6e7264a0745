-- Why:    a past list in any order, with any filter, must cost what it shows. A run of values begins with the state in
--         which an item took a value of a property, and ends with the state in which it lost it (docs/adr/025). The
--         indexes hold one entry for each run, with its first and its last revision, in the order of the values.
-- Locks:  ACCESS EXCLUSIVE on the audit tables while they are filled and indexed: readers of past states wait too;
--         rows: of the audit tables those that begin a run.
-- Undo:   db/undo/V202611262000__index_runs_of_values.sql

-- Each state that begins a run of a property says in `<column>_until` which revision ended it: 2147483647 while it
-- lasts; null if the state did not begin one. `place_until` is for latitude and longitude together. The defaults are
-- right for the first state of an item. A statement may write one state of an item, not more.
create function ref.index_runs(audit regclass, variadic columns text[]) returns void
  language plpgsql
as $$
declare
  name text := (select c.relname from pg_class c where c.oid = audit);
  place text := (select c.relnamespace::regnamespace from pg_class c where c.oid = audit);
  one text;
  value text;
  begins text := '';     -- assignments in the trigger before
  began text := '';      -- columns of states that are on record
  ended text := '';
  filled text := '';
  cut text := '';        -- assignments in the trigger after
  lasting text := 'o.revend is null';
  ending text := '';
begin
  foreach one in array columns loop
    value := case when one = 'place' then 'row(%1$s.latitude, %1$s.longitude)' else '%1$s.' || quote_ident(one) end;
    execute format('alter table %s add column %I integer', audit, one || '_until');
    begins := begins || format(E'  new.%I := case when %s is distinct from %s then 2147483647 end;\n',
      one || '_until', format(value, 'p'), format(value, 'new'));
    began := began || format(', s.revtype <> 2 and (lag(s.rev) over w is null or lag(%1$s) over w is distinct from %1$s) as %2$I',
      format(value, 's'), one || '_began');
    ended := ended || format(', case when b.%1$I then coalesce(min(b.rev) filter (where b.%1$I or b.revtype = 2) over later, 2147483647) end as %2$I',
      one || '_began', one || '_until');
    filled := filled || format(', %1$I = e.%1$I', one || '_until');
    cut := cut || format(', %1$I = case when o.%1$I = 2147483647 and (w.revtype = 2 or w.%1$I is not null) then w.rev else o.%1$I end',
      one || '_until');
    lasting := lasting || format(' or o.%I = 2147483647', one || '_until');
    ending := ending || format(' or o.%1$I = 2147483647 and w.%1$I is not null', one || '_until');
  end loop;

  -- Before the states are filled in, which would write them too.
  execute format('drop index %1$s.%2$I, %1$s.%3$I', place, name || '_open', name || '_holds');
  execute format(
    $f$
    update %1$s a
       set %2$s
      from (select b.id, b.rev%3$s
              from (select s.id, s.rev, s.revtype%4$s from %1$s s window w as (partition by s.id order by s.rev)) b
            window later as (partition by b.id order by b.rev desc rows between unbounded preceding and 1 preceding)) e
     where a.id = e.id and a.rev = e.rev and coalesce(%5$s) is not null
    $f$,
    audit, substr(filled, 3), ended, began, (select string_agg('e.' || quote_ident(c || '_until'), ', ') from unnest(columns) c));

  execute format(
    $f$
    create function %1$s.%2$I() returns trigger
      language plpgsql
    as $body$
    declare
      p %3$s;
    begin
      if new.revtype = 2 then
        %4$s
        return new;
      end if;
      select a.* into p from %3$s a where a.id = new.id and a.rev < new.rev order by a.rev desc limit 1;
      if found and p.revtype <> 2 then
      %5$s
      end if;
      return new;
    end
    $body$
    $f$,
    place, 'begin_runs_' || name, audit,
    (select string_agg(format('new.%I := null;', c || '_until'), ' ') from unnest(columns) c), begins);
  -- The plan is stored: one that suits many states would read the whole table for a single one.
  execute format(
    $f$
    create function %1$s.%2$I() returns trigger
      language plpgsql
      set enable_hashjoin = off
      set enable_mergejoin = off
    as $body$
    begin
      if exists (select from written w where w.revtype <> 0) then
        update %3$s o
           set %4$s
          from written w
         where w.revtype <> 0 and o.id = w.id and o.rev < w.rev and (%5$s)
           and (%6$s or w.revtype = 2);
      end if;
      return null;
    end
    $body$
    $f$,
    place, 'end_runs_' || name, audit, substr(cut, 3), lasting, substr(ending, 5));
  execute format(
    'create trigger begin_runs before insert on %s for each row when (new.revtype <> 0) execute function %s.%I()',
    audit, place, 'begin_runs_' || name);
  execute format(
    'create trigger end_runs after insert on %s referencing new table as written for each statement execute function %s.%I()',
    audit, place, 'end_runs_' || name);

  foreach one in array columns loop
    execute format('alter table %s alter column %I set default 2147483647', audit, one || '_until');
    if one = 'place' then
      execute format(
        'create index %I on %s using spgist (point(longitude, latitude)) include (longitude, latitude, code, id, rev, place_until)'
        ' where place_until is not null', name || '_run_place', audit);
    elsif one in ('owners', 'identifiers') then
      execute format('create index %I on %s using gin (%s) where %I is not null and %I is not null', name || '_run_' || one, audit,
        case one when 'owners' then 'ref.keys(owners)' else 'string_to_array(identifiers, '';'')' end, one || '_until', one);
    else
      execute format('create index %I on %s (%I, code, id) include (rev, %I) where %4$I is not null',
        name || '_run_' || one, audit, one, one || '_until');
    end if;
  end loop;
  -- To fold a name takes longer than to compare it, and each that an index finds is compared once more.
  execute format(
    'alter table %s add column folded_name text collate "C"'
    ' generated always as (case when name_until is not null then ref.fold(name) end) stored', audit);
  execute format('create index %I on %s using gin (folded_name gin_trgm_ops) where folded_name is not null',
    name || '_run_name_part', audit);
  -- The states that a writer ends, and those that began a run that lasts.
  execute format('create index %I on %s (id, rev) where %s', name || '_open', audit, replace(lasting, 'o.', ''));
  -- The states that have ended, by the revisions in which they were; those that last are in the index above.
  execute format('create index %I on %s using gist (int4range(rev, revend)) where revtype <> 2 and revend is not null',
    name || '_ended', audit);
end
$$;

do $$
declare
  marked record;
begin
  for marked in
    select t.tgrelid::regclass as audit, t.tgfoid::regprocedure as marks
      from pg_trigger t
     where t.tgname = 'mark_changed'
  loop
    execute format('drop trigger mark_changed on %s', marked.audit);
    execute format('drop function %s', marked.marks);
    -- Its indexes go with it.
    execute format('alter table %s drop column folded_name, drop column renamed, drop column changed', marked.audit);
  end loop;
  perform ref.index_runs('ref.code_list_aud', 'name');
  perform ref.index_runs('ref.unit_aud', 'name');
  perform ref.index_runs('ref.provider_aud', 'name');
  perform ref.index_runs('ref.code_aud', 'name', 'list_id', 'parent_id', 'replaced_by_id');
  perform ref.index_runs('ref.region_aud', 'name', 'kind', 'parent_id', 'replaced_by_id', 'place');
  perform ref.index_runs('ref.organization_aud', 'name', 'kind', 'status', 'region_id', 'parent_id');
  perform ref.index_runs('ref.facility_aud', 'name', 'kind', 'fuel', 'capacity_mw', 'region_id', 'organization_id', 'place',
    'owners');
  perform ref.index_runs('ref.emission_source_aud', 'name', 'facility_id', 'gas', 'method');
  perform ref.index_runs('ref.instrument_aud', 'name', 'kind', 'currency', 'unit_id', 'region_id', 'identifiers');
  perform ref.index_runs('ref.indicator_aud', 'name', 'unit_id', 'aggregation');
end
$$;
drop function ref.index_past_values(regclass, text[]);

-- Sorted by a property that items may lack, a list is those that have it and then those that lack it: an index in the
-- plain order serves both ways.
drop index ref.facility_capacity;
create index facility_capacity on ref.facility (capacity_mw, code);
