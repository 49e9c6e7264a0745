-- Why:    a past list that is narrowed to what refers to something, bears a code, or is called so, must not read all
--         states that held then.
-- Locks:  ACCESS EXCLUSIVE on the audit tables while they are written anew (a stored column) and indexed: readers of
--         past states wait too; rows: all of the audit tables. States recorded before count as changed, which makes
--         their indexes larger, not wrong.
-- Undo:   db/undo/V202611201710__index_past_values.sql

-- Lets items be found that had a value of one of the columns, or a name, at any time: whoever looks for those that
-- had it at a revision has few states to try. Of an item's states only those are indexed that differ from the one
-- before in these columns, or in the name, so the indexes grow with what changes, not with what is recorded. The
-- defaults are true: a state that is indexed without need does no harm, one that is missing would.
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
