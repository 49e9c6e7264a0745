-- Why:    the value of a longer period may be the first of its observations, as it may be the last: an opening price, a stock at
--         the beginning. The list AGGREGATION lacked it.
-- Locks:  the lock of the reference data, until its commit; rows: 1 code and its audit row. A list that has the code already
--         stays as it is.
-- Undo:   db/undo/V202611271430__add_first_value.sql

do $$
declare
  l integer := (select id from ref.code_list where code = 'AGGREGATION');
  r integer;
begin
  if l is null or exists (select from ref.code where list_id = l and code = 'FIRST') then
    return;
  end if;
  r := ref.open_revision(0, 'refdata', 'The first value of a longer period');
  insert into ref.code (code, name, list_id, position)
  select 'FIRST', 'First value', l, coalesce(max(c.position), 0) + 1 from ref.code c where c.list_id = l;
  insert into ref.code_aud (id, rev, revtype, version, code, name, list_id, position)
  select c.id, r, 0, c.version, c.code, c.name, c.list_id, c.position from ref.code c
   where c.list_id = l and c.code = 'FIRST';
end
$$;
