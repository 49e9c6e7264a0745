-- Why:    a revision and a load say who wrote and why, but not in which request: with its id they can be found in the logs of
--         a client and of what stands before the server.
-- Locks:  ACCESS EXCLUSIVE on ref.revision and raw.load for a moment: the columns have no default; rows: none.
-- Undo:   db/undo/V202611271222__record_requests.sql

-- Without a check of its length, which would have to read every row: the server bounds it.
alter table ref.revision add column request_id text;
alter table raw.load add column request_id text;
comment on column ref.revision.request_id is 'The X-Request-Id of the request that wrote, or that sent the load; null if it was none';
comment on column raw.load.request_id is 'The X-Request-Id of the request that sent it';

-- A server of the version before calls it with four values.
drop function ref.open_revision(integer, text, text, bigint);
create function ref.open_revision(topic integer, by text, reason text, load_id bigint default null, request_id text default null)
  returns integer
  language plpgsql
as $$
declare
  opened integer;
begin
  perform ref.lock_topic(open_revision.topic);
  insert into ref.revision (topic, by, reason, load_id, request_id)
  values (open_revision.topic, coalesce(open_revision.by, current_user), open_revision.reason, open_revision.load_id,
          open_revision.request_id)
  returning rev into opened;
  return opened;
end
$$;
comment on function ref.open_revision is 'Opens the revision of this transaction, for plain SQL';
