-- Why:    the rows of a feature set can be stored as a dataset, too, and follow all datasets that they are made of (docs/adr/057). And a run
--         does not wait for its target without end.
-- Locks:  ACCESS EXCLUSIVE on curated.signal and curated.signal_run for a moment; rows: each signal once.
-- Undo:   db/undo/V202611272310__let_signals_follow_feature_sets.sql

alter table curated.signal
  alter column calculation drop not null,
  alter column seen type integer[] using case when seen is not null then array[seen] end,
  add column topics integer[] not null default '{}',
  add column feature_set text collate "C",
  add column feature_set_version integer,
  add check ((calculation is null) = (feature_set is not null)),
  add check ((feature_set is null) = (feature_set_version is null));
update curated.signal set topics = array[source_id];
alter table curated.signal
  alter column topics drop default,
  add check (source_id = any (topics) and target_id <> all (topics));

comment on table curated.signal is 'Calculations and feature sets whose results are stored as observations of another dataset';
comment on column curated.signal.source_id is 'The dataset whose series it is worked out from; it ends with it';
comment on column curated.signal.topics is 'All that it is worked out from: the ids of datasets, and 0 for the reference data';
comment on column curated.signal.seen is 'The revision of each topic that the last run that has ended knew; null if it was not worked out since it was written';
comment on column curated.signal.calculation is 'The calculation in JSON, as POST /calculations has it, without times; null if it is a feature set';
comment on column curated.signal.feature_set is 'The code of the feature set; null if it is a calculation';
comment on column curated.signal.feature_set_version is 'The version of the feature set, which stays as it is';

alter table curated.signal_run
  add column topic integer,
  add column waits_since timestamptz,
  add column waited_at timestamptz;
comment on column curated.signal_run.topic is 'What has the revision that it runs for: the id of a dataset, or 0 for the reference data; null in old rows, and then it is the source';
comment on column curated.signal_run.waits_since is 'Since when it is put off, as its target is locked; null if it is not';
comment on column curated.signal_run.waited_at is 'When it was put off last; long after that, waits_since begins anew';
comment on column curated.signal_run.cause is 'The revision that it runs for';
