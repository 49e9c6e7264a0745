-- Why:    past states, histories and the change feed must cost what they answer, however long the record grows.
-- Locks:  SHARE on the audit tables while their indexes are built: writers wait, readers don't; rows: none.
-- Undo:   db/undo/V202611201620__index_past_states.sql

-- What an audit table with a column `code` is indexed by. The migration that creates one calls this with it.
create function ref.index_past(audit regclass) returns void
  language plpgsql
as $$
declare
  name text := (select c.relname from pg_class c where c.oid = audit);
begin
  -- The states that held at a revision, out of all that ever did. They lie together: a row is appended when it begins.
  execute format('create index %I on %s using gist (int4range(rev, revend)) where revtype <> 2', name || '_holds', audit);
  -- One row for each item there ever was, in the order of codes: its latest state before a revision is one
  -- step back in the primary key (id, rev).
  execute format('create index %I on %s (code, id) include (rev) where revtype = 0', name || '_created', audit);
  -- The state that a writer ends.
  execute format('create index %I on %s (id) where revend is null', name || '_open', audit);
  -- A revision's changes in the order of codes.
  execute format('create index %I on %s (rev, code)', name || '_changes', audit);
end
$$;

do $$
declare
  audit regclass;
begin
  for audit in
    select a.attrelid
      from pg_attribute a
      join pg_class c on c.oid = a.attrelid
     where a.attname = 'code' and c.relkind = 'r' and c.relname like '%\_aud'
       and c.relnamespace in ('ref'::regnamespace, 'raw'::regnamespace, 'curated'::regnamespace)
  loop
    perform ref.index_past(audit);
    execute format('drop index if exists %s', replace(audit::text, '_aud', '_aud_rev'));
  end loop;
end
$$;
