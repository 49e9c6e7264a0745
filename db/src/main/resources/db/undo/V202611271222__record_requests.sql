drop function ref.open_revision(integer, text, text, bigint, text);
create function ref.open_revision(topic integer, by text, reason text, load_id bigint default null)
  returns integer
  language plpgsql
as $$
declare
  opened integer;
begin
  perform ref.lock_topic(open_revision.topic);
  insert into ref.revision (topic, by, reason, load_id)
  values (open_revision.topic, coalesce(open_revision.by, current_user), open_revision.reason, open_revision.load_id)
  returning rev into opened;
  return opened;
end
$$;
comment on function ref.open_revision is 'Opens the revision of this transaction, for plain SQL';

alter table raw.load drop column request_id;
alter table ref.revision drop column request_id;
