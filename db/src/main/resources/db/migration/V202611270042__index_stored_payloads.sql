-- Why:    retention looks for the oldest stored payloads, and for the sum of their bytes.
-- Locks:  SHARE UPDATE EXCLUSIVE on raw.payload while it is built; rows: none.
-- Undo:   db/undo/V202611270042__index_stored_payloads.sql

create index concurrently payload_stored on raw.payload (received_at, id) include (bytes) where removed_at is null;
