-- Why:    each partition says which revision wrote to its tables last. A question about changes reads no partition that was not
--         written to since, and a past state reads the vintages only of partitions that superseded a value since.
-- Locks:  ACCESS EXCLUSIVE on curated.partition, for the time of reading; rows: each of curated.partition is updated, all
--         observations and vintages are read once.
-- Undo:   db/undo/V202611262030__record_last_writes.sql

-- The last revision that wrote to the table: inserted, revised or deleted values of it (VALUE), superseded some (VINTAGE); 0 if
-- none did. Written in the transaction that writes to the table.
alter table curated.partition add column rev integer not null default 0, set (fillfactor = 70);

do $$
declare
  part record;
begin
  for part in select leaf, kind from curated.partition where to_regclass(format('curated.%I', leaf)) is not null loop
    execute format('update curated.partition set rev = coalesce((select max(%I) from curated.%I), 0) where leaf = %L',
      case part.kind when 'VALUE' then 'rev' else 'superseded_by' end, part.leaf, part.leaf);
  end loop;
end
$$;
