-- Why:    each load is judged once it has merged: what its dataset lacks, what was refused or revised, which values are odd.
-- Locks:  SHARE on raw.load while its index is built; rows: none.
-- Undo:   db/undo/V202611270122__judge_loads.sql

create index load_completed on raw.load (finished_at) where state = 'COMPLETED';

create table performance_monitoring.load_quality (
  at         timestamptz not null default clock_timestamp(),
  score      double precision check (score between 0 and 100),
  load_id    bigint  primary key references raw.load on delete cascade,
  dataset_id integer not null references curated.dataset on delete cascade,
  rev        integer not null,
  tries      integer not null default 1,
  figures    text check (figures is json object),
  failure    text
);
create index load_quality_dataset_id on performance_monitoring.load_quality (dataset_id, load_id);
create index load_quality_at on performance_monitoring.load_quality (at);
comment on table performance_monitoring.load_quality is
  'How good each load into a dataset was, and the dataset as of its revision';
comment on column performance_monitoring.load_quality.at is 'When it was judged, or marked as right since';
comment on column performance_monitoring.load_quality.score is 'From 0 to 100; null if nothing could be judged, or if judging failed';
comment on column performance_monitoring.load_quality.rev is 'The revision of the load';
comment on column performance_monitoring.load_quality.tries is 'How often it was tried to judge it';
comment on column performance_monitoring.load_quality.figures is 'What was counted, in JSON; null if judging failed';
comment on column performance_monitoring.load_quality.failure is 'Why judging failed; null if it did not';

-- The id stays the same while the value does, so clients may keep it.
create table performance_monitoring.anomaly (
  time       timestamptz not null,
  value      double precision not null,
  expected   double precision not null,
  score      double precision not null,
  found_at   timestamptz not null default clock_timestamp(),
  marked_at  timestamptz,
  id         bigint  generated always as identity primary key,
  load_id    bigint  not null references raw.load on delete cascade,
  dataset_id integer not null references curated.dataset on delete cascade,
  series_id  integer not null references curated.series on delete cascade,
  rev        integer not null,
  state      text    not null default 'OPEN' check (state in ('OPEN', 'RIGHT')),
  marked_by  text,
  reason     text,
  unique (series_id, time),
  check ((state = 'OPEN') = (marked_at is null))
);
create index anomaly_dataset_id on performance_monitoring.anomaly (dataset_id, id);
create index anomaly_load_id on performance_monitoring.anomaly (load_id, id);
comment on table performance_monitoring.anomaly is
  'Values that do not follow from those before them as their series usually does; each until its value changes';
comment on column performance_monitoring.anomaly.time is 'The start of the period, in UTC';
comment on column performance_monitoring.anomaly.expected is 'What would have followed';
comment on column performance_monitoring.anomaly.score is 'The modified z-score of the change; over 6 is odd';
comment on column performance_monitoring.anomaly.load_id is 'The load that wrote the value';
comment on column performance_monitoring.anomaly.rev is 'The last revision of the dataset as of which the value was seen to be current';
comment on column performance_monitoring.anomaly.state is 'OPEN, or RIGHT: somebody says that the value is right';
comment on column performance_monitoring.anomaly.reason is 'Why it is right';
