-- Why:    how late data are counts from the moment at which their provider published them, which only the sender of a file
--         knows. Within a dataset later loads are later publications.
-- Locks:  raw.load, for a moment; rows: none are rewritten (no default).
-- Undo:   db/undo/V202611271300__record_publication_of_files.sql
alter table raw.load add column published_at timestamptz;
comment on column raw.load.published_at is
  'When the provider published the file, as its sender says; null: not said, then it counts as published when it is recorded';
