-- Why:    a layout may leave rows out on purpose, and a double may not hold a value as it is written: a load counts both. A dry
--         run reads a file and counts what would become of it, and writes nothing.
-- Locks:  raw.load, for a moment; rows: none are rewritten (constant defaults).
-- Undo:   db/undo/V202611261710__count_ignored_rows.sql
alter table raw.load
  add column ignored bigint not null default 0,
  add column rounded bigint not null default 0,
  add column dry_run boolean not null default false;
comment on column raw.load.ignored is 'The rows that the layout leaves out.';
comment on column raw.load.rounded is 'The values that a double cannot hold as they are written; they are kept as it rounds.';
comment on column raw.load.dry_run is 'True if the load only counts what it would write.';
