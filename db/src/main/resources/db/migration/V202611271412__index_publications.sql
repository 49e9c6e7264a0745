-- Why:    the latest revision of a dataset that was published by an instant is found by one step in an index. Pushes say no instant,
--         so they add nothing to it.
-- Locks:  SHARE on ref.revision while it is built: nodes that wait for their turn to migrate hold snapshots, for which a
--         concurrent build would wait for ever; rows: none.
-- Undo:   db/undo/V202611271412__index_publications.sql

create index revision_topic_published on ref.revision (topic, published_at desc, rev desc) where published_at is not null;
