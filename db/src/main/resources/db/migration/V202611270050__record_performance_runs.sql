-- Why:    the running system is measured by the targets of the releases, once or on a schedule; the runs and their results
--         are on record.
-- Locks:  none that anyone holds yet; rows: none.
-- Undo:   db/undo/V202611270050__record_performance_runs.sql

create table performance_monitoring.performance_run (
  id       uuid        primary key default uuidv7(),
  began_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  targets  integer     not null,
  state    text        not null default 'RUNNING' check (state in ('RUNNING', 'ENDED', 'CUT_OFF')),
  asked_by text        not null check (asked_by in ('CALL', 'SCHEDULE')),
  verdict  text check (verdict in ('NO_DATA', 'PASS', 'WARNING', 'CRITICAL')),
  tests    text[]      not null
);
create unique index performance_run_running on performance_monitoring.performance_run ((true)) where state = 'RUNNING';
comment on table performance_monitoring.performance_run is
  'Runs of the tests on the running system; their ids rise with time, and one runs at a time';
comment on column performance_monitoring.performance_run.targets is 'How many targets it judges';
comment on column performance_monitoring.performance_run.state is
  'RUNNING, ENDED, or CUT_OFF: the server ended in the midst of it';
comment on column performance_monitoring.performance_run.verdict is 'The worst verdict of its results; null until it has ended';

-- A result has its target in full, as it was when it was judged.
create table performance_monitoring.performance_result (
  run_id   uuid    not null references performance_monitoring.performance_run on delete cascade,
  figure   double precision,
  pass     double precision not null,
  critical double precision not null,
  position integer not null,
  target   text    not null,
  category text    not null,
  test     text    not null,
  what     text    not null,
  load     text    not null,
  measure  text    not null,
  unit     text    not null,
  better   text    not null check (better in ('LESS', 'MORE')),
  verdict  text    not null check (verdict in ('NO_DATA', 'PASS', 'WARNING', 'CRITICAL')),
  detail   text,
  primary key (run_id, target),
  check (figure is null or verdict <> 'NO_DATA')
);
comment on table performance_monitoring.performance_result is 'The targets that a run has judged';
comment on column performance_monitoring.performance_result.figure is 'What was measured, in the unit; null if there is no data, or if the system failed to answer';
comment on column performance_monitoring.performance_result.detail is 'What the figure was made of, or why there is none';

create view performance_monitoring.performance_test_summary as
select r.id as run, r.began_at, r.ended_at, r.state, r.asked_by, r.verdict as run_verdict, p.test, p.category,
       count(*) as targets,
       count(*) filter (where p.verdict = 'PASS') as passed,
       count(*) filter (where p.verdict = 'WARNING') as warnings,
       count(*) filter (where p.verdict = 'CRITICAL') as critical,
       count(*) filter (where p.verdict = 'NO_DATA') as without_data
  from performance_monitoring.performance_run r
  join performance_monitoring.performance_result p on p.run_id = r.id
 group by r.id, p.test, p.category;
comment on view performance_monitoring.performance_test_summary is
  'The runs of the performance suite, one row for each test of a run: how many of its targets passed';
