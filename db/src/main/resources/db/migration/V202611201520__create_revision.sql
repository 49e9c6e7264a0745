-- Why:    every past state is answerable only if revisions are numbered and stamped in commit order.
-- Locks:  none that anyone holds yet; rows: none.
-- Undo:   db/undo/V202611201520__create_revision.sql

create schema ref;
create schema raw;
create schema staging;
create schema curated;
create schema performance_monitoring;

create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;

-- A sequence in sight, not an identity's own: Hibernate draws numbers from it too.
create sequence ref.revision_rev_seq as integer;

-- One row for each transaction that wrote. `topic` is what it wrote to: 0 is all reference data, any
-- other number the dataset of that id. Within a topic numbers rise in commit order (the topic's lock is
-- taken before the number is drawn); over all topics `at` rises in commit order (stamp_revision).
create table ref.revision (
  at      timestamptz,
  load_id bigint,
  rev     integer default nextval('ref.revision_rev_seq') primary key,
  topic   integer not null default 0,
  by      text    not null default current_user,
  reason  text
);

alter sequence ref.revision_rev_seq owned by ref.revision.rev;

-- "The greatest revision of a topic stamped at or before T", and the latest stamp of all.
create index revision_topic_at on ref.revision (topic, at desc, rev desc);
create index revision_at on ref.revision (at desc);

-- Waits for the topic's other writers. Held to the end of the transaction.
create function ref.lock_topic(topic integer) returns void
  language sql
  return pg_advisory_xact_lock(20261, topic);

-- Opens the revision of this transaction for a writer in plain SQL.
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

-- Refuses a number that was drawn before the topic's lock was held, if another has overtaken it: it would not
-- rise in commit order. Every other row of the topic is committed and stamped once the lock is ours, so the one
-- stamped last has the greatest number. Only a snapshot younger than the lock sees it: hence read committed. An
-- instant that came with the row (Envers has one, by another clock) is dropped: stamp_revision gives it.
create function ref.check_revision() returns trigger
  language plpgsql
as $$
begin
  if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    raise exception 'a revision can only be opened at isolation level read committed'
      using errcode = 'invalid_transaction_state';
  end if;
  perform ref.lock_topic(new.topic);
  if new.rev < (select r.rev from ref.revision r
                 where r.topic = new.topic and r.at is not null
                 order by r.at desc, r.rev desc
                 limit 1) then
    raise exception 'revision % of topic % was drawn before its lock was taken', new.rev, new.topic
      using errcode = 'serialization_failure', hint = 'call ref.lock_topic first';
  end if;
  new.at := null;
  return new;
end
$$;

create trigger check_revision
  before insert on ref.revision
  for each row execute function ref.check_revision();

-- The last thing before commit, for the session, for plain SQL and for an operator's psql alike: wait for
-- whoever is being stamped, then take the time. The lock goes with the commit, so stamps rise in commit
-- order; a step back of the clock cannot turn that round.
create function ref.stamp_revision() returns trigger
  language plpgsql
as $$
begin
  perform pg_advisory_xact_lock(20262, 0);
  update ref.revision r
     set at = greatest(clock_timestamp(), (select max(s.at) + interval '1 microsecond' from ref.revision s))
   where r.rev = new.rev;
  return null;
end
$$;

create constraint trigger stamp_revision
  after insert on ref.revision
  deferrable initially deferred
  for each row execute function ref.stamp_revision();

-- The revision of a topic that was the latest at an instant; 0 if there was none. An instant that is not past
-- yet has no answer. One later than the last stamp waits for whoever is being stamped now; whoever is stamped
-- after that gets a later instant, so nothing can slip in below it. The wait is all that is wanted of the lock:
-- the block gives it back by failing, so that a reader who goes on for minutes holds up no writer, and a
-- cancelled one leaves none behind. Call it in a statement of its own, before the data is read.
create function ref.revision_as_of(topic integer, at timestamptz) returns integer
  language plpgsql
as $$
begin
  if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    raise exception 'the revision of an instant can only be asked for at isolation level read committed'
      using errcode = 'invalid_transaction_state', hint = 'ask before the snapshot is taken';
  end if;
  if revision_as_of.at is null or revision_as_of.at >= clock_timestamp() then
    raise exception 'the instant % is not past', revision_as_of.at using errcode = 'datetime_field_overflow';
  end if;
  if revision_as_of.at > coalesce((select max(r.at) from ref.revision r), '-infinity') then
    begin
      perform pg_advisory_xact_lock_shared(20262, 0);
      raise exception using errcode = 'RD000', message = 'waited';
    exception when sqlstate 'RD000' then
      null;
    end;
  end if;
  return coalesce(
    (select r.rev from ref.revision r
      where r.topic = revision_as_of.topic and r.at <= revision_as_of.at
      order by r.at desc, r.rev desc
      limit 1), 0);
end
$$;

-- For search without regard to case and accents, whatever the locale of the database. unaccent() is STABLE
-- because its dictionary could change; naming the dictionary makes it safe to call it immutable and so to index it.
create function ref.fold(text) returns text
  language sql immutable strict parallel safe
  return casefold(public.unaccent('public.unaccent'::regdictionary, $1) collate "pg_unicode_fast");
