-- Why:    a push answers with the instant at which it is known. Asked for after the commit it costs a transaction of
--         its own; and a push must not wait for the whole list of what is pending in the payloads' GIN index to be
--         sorted in: autovacuum does that, in the background.
-- Locks:  SHARE UPDATE EXCLUSIVE on raw.payload and its index, for a moment; rows: none.
-- Undo:   db/undo/V202611201720__add_stamp.sql

-- Stamps this transaction's revisions now instead of at its commit, and answers with the instant of one. Only for
-- whoever commits next: from here on nobody else can be stamped.
create function ref.stamp(rev integer) returns timestamptz
  language plpgsql
as $$
begin
  set constraints ref.stamp_revision immediate;
  return (select r.at from ref.revision r where r.rev = stamp.rev);
end
$$;

alter index raw.payload_content set (gin_pending_list_limit = 65536);
alter table raw.payload set (autovacuum_vacuum_insert_threshold = 1000, autovacuum_vacuum_insert_scale_factor = 0);
