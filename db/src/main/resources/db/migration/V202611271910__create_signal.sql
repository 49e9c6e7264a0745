-- Why:    the results of a calculation can be stored as a dataset, and worked out anew after each change of the dataset that they are
--         made of (docs/adr/053).
-- Locks:  writers of curated.dataset wait for a moment, as two foreign keys refer to it; rows: none.
-- Undo:   db/undo/V202611271910__create_signal.sql

-- A signal is due while its source has a revision that it has not seen. So the revisions themselves are the queue: nothing is added to the
-- transaction of a load, and nothing is lost if a server dies.
create table curated.signal (
  written_at    timestamptz not null default clock_timestamp(),
  claimed_until timestamptz,
  version       integer     not null default 0,
  source_id     integer     not null references curated.dataset on delete cascade,
  target_id     integer     not null references curated.dataset on delete cascade,
  seen          integer,
  code          text collate "C" primary key,
  name          text        not null,
  calculation   text        not null,
  by            text        not null,
  check (source_id <> target_id)
);
comment on table curated.signal is 'Calculations whose results are stored as observations of another dataset';
comment on column curated.signal.claimed_until is 'Until when a server works it out; from then on it may be begun again';
comment on column curated.signal.source_id is 'The dataset that it is worked out from; it ends with it';
comment on column curated.signal.target_id is 'The dataset that its results are written to; it ends with it';
comment on column curated.signal.seen is 'The revision of the source of the last run that has ended; null if it was not worked out since it was written';
comment on column curated.signal.calculation is 'The calculation in JSON, as POST /calculations has it, without times';
comment on column curated.signal.by is 'Who wrote it last';

create index signal_source on curated.signal (source_id);
create index signal_target on curated.signal (target_id);

create table curated.signal_run (
  id          bigint      generated always as identity primary key,
  started_at  timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  load_id     bigint,
  rows        bigint      not null default 0,
  cause       integer     not null,
  result      integer,
  tries       integer     not null default 1,
  signal      text collate "C" not null references curated.signal on delete cascade,
  state       text        not null default 'RUNNING' check (state in ('RUNNING', 'COMPLETED', 'FAILED')),
  message     text,
  check ((state = 'RUNNING') = (finished_at is null))
);
comment on table curated.signal_run is 'The last runs of each signal, and what came of them';
comment on column curated.signal_run.load_id is 'The load that wrote the revision which it runs for; null after a push or another change';
comment on column curated.signal_run.rows is 'The observations that it wrote, or left missing';
comment on column curated.signal_run.cause is 'The revision of the source that it runs for';
comment on column curated.signal_run.result is 'The revision of the target that it wrote; null if nothing changed';
comment on column curated.signal_run.tries is 'How many times it was begun';
comment on column curated.signal_run.message is 'Why it failed';

create index signal_run_signal on curated.signal_run (signal, id);
create unique index signal_run_running on curated.signal_run (signal) where state = 'RUNNING';

do $$
begin
  if exists (select from pg_roles where rolname = 'refdata_operator') then
    grant select on curated.signal, curated.signal_run to refdata_operator;
  end if;
end
$$;
