-- Why:    what the platform does to look after its database is on record, and each task of it runs at its own times, on one
--         node at a time.
-- Locks:  none that anyone holds yet; rows: one for each task.
-- Undo:   db/undo/V202611262040__record_upkeep.sql

-- What was done to the database, and what could not be: partitions made and retired, indexes built and dropped, tables
-- vacuumed. Each step is committed by itself, so a step that a crash cut off has no row.
create table performance_monitoring.optimization_log (
  at      timestamptz not null default clock_timestamp(),
  id      bigint generated always as identity primary key,
  seconds double precision not null,
  task    text not null,
  subject text not null,
  outcome text not null check (outcome in ('DONE', 'POSTPONED', 'FAILED')),
  detail  text
);
create index optimization_log_at on performance_monitoring.optimization_log (at);

comment on table performance_monitoring.optimization_log is
  'What was done to look after the database, one row a step';
comment on column performance_monitoring.optimization_log.at is 'When the step ended';
comment on column performance_monitoring.optimization_log.task is 'The task, such as RETIRE_PARTITION or ANALYZE';
comment on column performance_monitoring.optimization_log.subject is 'What it was done to: a table, an index, a dataset';
comment on column performance_monitoring.optimization_log.outcome is
  'DONE, POSTPONED (another holds what it needs; it is tried again), or FAILED';
comment on column performance_monitoring.optimization_log.detail is 'What came of it, or why it did not';

-- When each task runs. Operators change `every`; the platform writes the rest.
create table performance_monitoring.schedule (
  due_at   timestamptz not null default clock_timestamp(),
  began_at timestamptz,
  ended_at timestamptz,
  every    interval not null check (every >= interval '1 minute'),
  task     text primary key,
  outcome  text check (outcome in ('DONE', 'POSTPONED', 'FAILED')),
  detail   text
);

comment on table performance_monitoring.schedule is 'The tasks that look after the database, and when they run';
comment on column performance_monitoring.schedule.due_at is 'When the task runs next';
comment on column performance_monitoring.schedule.every is 'The time from one run to the next; at least a minute';
comment on column performance_monitoring.schedule.outcome is 'What came of the last run';
