-- A seal of a revision that says when it was published does not fit its row any more.
drop function ref.revision_known_at(integer, timestamptz);
drop function ref.latest_publication(integer);
drop function ref.open_revision(integer, text, text, bigint, text, timestamptz);
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

alter table ref.revision drop column published_at;
