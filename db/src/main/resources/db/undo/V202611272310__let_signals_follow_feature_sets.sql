delete from curated.signal where calculation is null;
alter table curated.signal_run
  drop column waited_at,
  drop column waits_since,
  drop column topic;
alter table curated.signal
  drop column feature_set_version,
  drop column feature_set,
  drop column topics,
  alter column seen type integer using seen[1],
  alter column calculation set not null;
comment on table curated.signal is 'Calculations whose results are stored as observations of another dataset';
comment on column curated.signal.source_id is 'The dataset that it is worked out from; it ends with it';
comment on column curated.signal.seen is 'The revision of the source of the last run that has ended; null if it was not worked out since it was written';
comment on column curated.signal.calculation is 'The calculation in JSON, as POST /calculations has it, without times';
comment on column curated.signal_run.cause is 'The revision of the source that it runs for';
