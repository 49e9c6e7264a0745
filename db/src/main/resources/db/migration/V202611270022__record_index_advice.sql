-- Why:    advice about indexes is on record with its reasons, and what its trial measured; a trial goes on after a crash.
-- Locks:  none that anyone holds yet; rows: none.
-- Undo:   db/undo/V202611270022__record_index_advice.sql

-- A recommendation: an index that is missing, or one that nothing needs. It is OPEN until an operator has it applied;
-- then it is tried (APPLYING, MEASURING), and adopted or undone by what the statements took. Costs are the planner's.
create table performance_monitoring.index_recommendation (
  found_at         timestamptz      not null default clock_timestamp(),
  changed_at       timestamptz      not null default clock_timestamp(),
  measuring_since  timestamptz,
  bytes            bigint           not null,
  measured_calls   bigint,
  cost_before      double precision not null,
  cost_after       double precision not null,
  rows_per_day     double precision not null,
  write_share      double precision not null,
  measured_before  double precision,
  measured_after   double precision,
  id               text primary key,
  kind             text  not null check (kind in ('MISSING', 'UNUSED', 'DUPLICATE')),
  state            text  not null default 'OPEN'
                   check (state in ('OPEN', 'APPLYING', 'MEASURING', 'UNDECIDED', 'ADOPTING', 'ADOPTED', 'UNDOING', 'UNDONE', 'FAILED')),
  table_name       text  not null,
  index_name       text  not null,
  form             text  not null,
  ddl              text  not null,
  reason           text  not null,
  message          text,
  statements       jsonb not null,
  baseline         jsonb
);
comment on table performance_monitoring.index_recommendation is
  'Indexes that are missing or not needed, and what came of trying to add or drop them';
comment on column performance_monitoring.index_recommendation.form is 'What the index is, without names: USING btree (a, b)';
comment on column performance_monitoring.index_recommendation.cost_before is
  'The planner''s costs of the statements, each as often as it was called';
comment on column performance_monitoring.index_recommendation.rows_per_day is 'Rows written to the table a day';
comment on column performance_monitoring.index_recommendation.write_share is
  'The bytes that the index adds to a written row, as a share of those written without it';
comment on column performance_monitoring.index_recommendation.statements is
  'The statements that gain, with their calls and costs';
comment on column performance_monitoring.index_recommendation.measured_before is
  'Milliseconds that a call took before the trial, on average';
comment on column performance_monitoring.index_recommendation.baseline is
  'What pg_stat_statements had counted of the statements before the trial, and when it was built';
