-- Why:    retention removes the files of old loads; a client that asks for one is told when and why. A push says what it was
--         sent to, and a file in which content coding it came, so that it can be given as it came.
-- Locks:  ACCESS EXCLUSIVE on raw.payload while its checks read it once; rows: none are rewritten.
-- Undo:   db/undo/V202611270040__record_removed_payloads.sql

alter table raw.payload
  add coding          text check (coding = 'gzip'),
  add target          text collate "C",
  add removed_at      timestamptz,
  add removed_because text check (removed_because in ('AGE', 'SIZE')),
  add constraint payload_removed check ((removed_at is null) = (removed_because is null));

comment on column raw.payload.coding is 'The content coding that the file came in; null if none.';
comment on column raw.payload.target is 'What a push was sent to: datasets/<code>; null for files, whose load says it.';
comment on column raw.payload.removed_at is 'When retention removed the file; null while it is stored. Pushes are deleted as rows.';
comment on column raw.payload.removed_because is 'AGE or SIZE: which bound of retention it was beyond.';
