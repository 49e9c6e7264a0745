-- Why:    how fresh a dataset was is asked over weeks (SLAs): its state is sampled each minute. What its last loads were is asked by its
--         target and by layout.
-- Locks:  SHARE on raw.load while its indexes are built; rows: none.
-- Undo:   db/undo/V202611270120__sample_datasets.sql

create index load_target on raw.load (target, id);
create index load_layout on raw.load (layout, id) where layout is not null;

-- Consecutive samples with the same state are one row, so that a dataset takes few rows, not 1,440 a day.
create table performance_monitoring.dataset_sample (
  began_at   timestamptz not null,
  at         timestamptz not null check (at >= began_at),
  latest     timestamptz,
  dataset_id integer     not null references curated.dataset on delete cascade,
  rev        integer     not null,
  state      text        not null check (state in ('FRESH', 'WARN', 'STALE')),
  primary key (dataset_id, began_at)
);
create index dataset_sample_at on performance_monitoring.dataset_sample (at);
comment on table performance_monitoring.dataset_sample is
  'How fresh each dataset was, sampled each minute; one row for consecutive samples with the same state';
comment on column performance_monitoring.dataset_sample.began_at is 'The first of these samples';
comment on column performance_monitoring.dataset_sample.at is 'The last of these samples';
comment on column performance_monitoring.dataset_sample.latest is 'The start of the latest period with an observation, at the last sample; null if there was none';
comment on column performance_monitoring.dataset_sample.rev is 'The last revision that had written observations then; 0 if none had';
