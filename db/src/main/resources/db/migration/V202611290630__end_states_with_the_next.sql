-- Why:    an edit of an item went to the database eight times while all others waited (docs/adr/060). Who writes a state need not end
--         the one before any more, and who waits for the lock of the reference data gets the item with it.
-- Locks:  ACCESS EXCLUSIVE on the audit tables for a moment; rows: none. A server of an earlier release cannot edit on this schema.
-- Undo:   db/undo/V202611290630__end_states_with_the_next.sql

-- Makes the trigger that ends the earlier states of what a statement has written: it sets `revend`, and in the `<column>_until` that
-- ref.index_runs has made, if any, the ends of the runs of values. A statement may write one state of an item, not more.
create function ref.end_states(audit regclass) returns void
  language plpgsql
as $$
declare
  name text := (select c.relname from pg_class c where c.oid = audit);
  place text := (select c.relnamespace::regnamespace from pg_class c where c.oid = audit);
  one text;
  ends text := 'revend = coalesce(o.revend, w.rev)';
  lasting text := 'o.revend is null';    -- the condition of the index of open states
  ending text := 'o.revend is null';
begin
  for one in
    select a.attname
      from pg_attribute a
     where a.attrelid = audit and a.attname like '%\_until' and not a.attisdropped
     order by a.attnum
  loop
    ends := ends || format(', %1$I = case when o.%1$I = 2147483647 and (w.revtype = 2 or w.%1$I is not null) then w.rev else o.%1$I end',
      one);
    lasting := lasting || format(' or o.%I = 2147483647', one);
    ending := ending || format(' or o.%1$I = 2147483647 and w.%1$I is not null', one);
  end loop;
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
    place, 'end_states_' || name, audit, ends, lasting, ending);
  execute format('comment on function %s.%I() is %L', place, 'end_states_' || name, 'Ends the states, and runs of values, before new states');
  execute format('drop trigger if exists end_runs on %s', audit);
  execute format('drop function if exists %s.%I', place, 'end_runs_' || name);
  execute format(
    'create trigger end_states after insert on %s referencing new table as written for each statement execute function %s.%I()',
    audit, place, 'end_states_' || name);
end
$$;
comment on function ref.end_states is 'Makes the trigger that ends states of a kind of item; to be called after ref.index_runs';

do $$
declare
  audit regclass;
begin
  for audit in
    select c.oid
      from pg_class c
     where c.relkind = 'r' and c.relname like '%\_aud' and c.relnamespace in ('ref'::regnamespace, 'raw'::regnamespace, 'curated'::regnamespace)
     order by c.oid
  loop
    perform ref.end_states(audit);
  end loop;
end
$$;

create function ref.find_locked(kind anyelement, code text, list text default null) returns setof anyelement
  language plpgsql
as $$
begin
  perform ref.lock_topic(0);
  -- A statement of its own sees what was committed while the lock was waited for.
  return query execute format('select i.* from %s i where i.code = $1', pg_typeof(kind))
    || case when list is not null then ' and i.list_id = (select l.id from ref.code_list l where l.code = $2)' else '' end
    using code, list;
end
$$;
comment on function ref.find_locked is 'Waits for the other writers of reference data, then finds an item; list: the code of its code list';
