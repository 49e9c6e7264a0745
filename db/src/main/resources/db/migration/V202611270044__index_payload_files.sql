-- Why:    retention asks of each old file on disk whether a payload still has it.
-- Locks:  SHARE on raw.payload while it is built: nodes that wait for their turn to migrate hold snapshots, for which a
--         concurrent build would wait for ever; rows: none.
-- Undo:   db/undo/V202611270044__index_payload_files.sql

create index payload_path on raw.payload (path) where path is not null and removed_at is null;
