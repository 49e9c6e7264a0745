-- Why:    retention asks of each old file on disk whether a payload still has it.
-- Locks:  SHARE UPDATE EXCLUSIVE on raw.payload while it is built; rows: none.
-- Undo:   db/undo/V202611270044__index_payload_files.sql

create index concurrently payload_path on raw.payload (path) where path is not null and removed_at is null;
