-- Why:    what was published by an instant is asked of a dataset as often as what was recorded by it (docs/adr/047). What is
--         published and not recorded yet is in no revision, so a revision says itself when it was published.
-- Locks:  ACCESS EXCLUSIVE on ref.revision for a moment: the column has no default; rows: none.
-- Undo:   db/undo/V202611271410__record_publication_of_revisions.sql

alter table ref.revision add column published_at timestamptz;
comment on column ref.revision.published_at is
  'When the provider published what it wrote, as the sender of the file says; null: not said, then it counts as published when it is recorded';

-- A server of the version before calls it with five values.
drop function ref.open_revision(integer, text, text, bigint, text);
create function ref.open_revision(topic integer, by text, reason text, load_id bigint default null, request_id text default null,
                                  published_at timestamptz default null)
  returns integer
  language plpgsql
as $$
declare
  opened integer;
begin
  perform ref.lock_topic(open_revision.topic);
  insert into ref.revision (topic, by, reason, load_id, request_id, published_at)
  values (open_revision.topic, coalesce(open_revision.by, current_user), open_revision.reason, open_revision.load_id,
          open_revision.request_id, open_revision.published_at)
  returning rev into opened;
  return opened;
end
$$;
comment on function ref.open_revision is 'Opens the revision of this transaction, for plain SQL';

-- The instant at which the latest revision of a topic counts as published: when it was recorded, or earlier if its sender says so.
-- Within a topic these instants never fall. To be called while the lock of the topic is held, or for a first opinion.
create function ref.latest_publication(topic integer) returns timestamptz
  language sql stable
  return (select least(r.published_at, r.at) from ref.revision r
           where r.topic = latest_publication.topic and r.at is not null
           order by r.at desc, r.rev desc
           limit 1);
comment on function ref.latest_publication is 'When what a topic holds now was published; null if it has no revision';

-- The latest revision of a topic that was published by an instant; 0 if there was none. It counts as published at the earlier of
-- `published_at` and `at`: so it is the latest of those recorded by the instant, and of those whose sender says so. An instant
-- that is not past yet has no answer. The answer may rise: what was published by then may still be recorded.
create function ref.revision_known_at(topic integer, at timestamptz) returns integer
  language plpgsql
as $$
begin
  if revision_known_at.at is null or revision_known_at.at >= clock_timestamp() then
    raise exception 'the instant % is not past', revision_known_at.at using errcode = 'datetime_field_overflow';
  end if;
  return greatest(
    (select r.rev from ref.revision r
      where r.topic = revision_known_at.topic and r.at <= revision_known_at.at
      order by r.at desc, r.rev desc
      limit 1),
    (select r.rev from ref.revision r
      where r.topic = revision_known_at.topic and r.at is not null
        and r.published_at is not null and r.published_at <= revision_known_at.at
      order by r.published_at desc, r.rev desc
      limit 1),
    0);
end
$$;
comment on function ref.revision_known_at is 'The latest revision of a topic that was published by an instant; 0 if there was none';
