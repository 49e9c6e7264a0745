-- Why:    retention looks for the oldest stored payloads, and for the sum of their bytes.
-- Locks:  SHARE on raw.payload while it is built: nodes that wait for their turn to migrate hold snapshots, for which a
--         concurrent build would wait for ever; rows: none.
-- Undo:   db/undo/V202611270042__index_stored_payloads.sql

create index payload_stored on raw.payload (received_at, id) include (bytes) where removed_at is null;
