-- Why:    what longer periods come to is kept beside the observations, exact within every merge, so that a year of hours is one
--         row to read (docs/adr/052).
-- Locks:  SHARE ROW EXCLUSIVE on curated.dataset for a moment, for the reference to it; rows: none.
-- Undo:   db/undo/V202611271900__create_rollups.sql

create table curated.rollup (
  id          integer generated always as identity primary key,
  dataset_id  integer not null references curated.dataset on delete cascade,
  version     integer not null default 0,
  since       integer not null,
  name        text collate "C" not null check (name ~ '^[A-Za-z0-9_@$-]{1,64}$'),
  frequency   text not null check (frequency in ('A', 'S', 'Q', 'M', 'W', 'D', 'H')),
  aggregation text check (aggregation in ('SUM', 'MEAN', 'FIRST', 'LAST', 'MIN', 'MAX')),
  unique (dataset_id, name)
);
comment on table curated.rollup is 'The longer periods that are kept of datasets beside their observations';
comment on column curated.rollup.version is 'How often it was defined anew';
comment on column curated.rollup.since is 'The revision of the dataset from which on its past states are kept';
comment on column curated.rollup.frequency is 'The longer periods';
comment on column curated.rollup.aggregation is 'The rule that it is kept for; null for that of each indicator';

-- What the observations of a series in one longer period come to, since revision `rev`.
create table curated.rollup_bucket (
  time      timestamptz not null,
  sum       double precision,
  least     double precision,
  greatest  double precision,
  first     double precision,
  last      double precision,
  rollup_id integer not null references curated.rollup on delete cascade,
  series_id integer not null,
  rev       integer not null,
  count     integer not null,
  status    "char",
  primary key (rollup_id, series_id, time)
);
comment on table curated.rollup_bucket is 'What longer periods of series come to now: a row for each with an observation';
comment on column curated.rollup_bucket.time is 'The start of the longer period, in UTC';
comment on column curated.rollup_bucket.sum is 'The sum of the values, rounded once; null without any, or if it is too large';
comment on column curated.rollup_bucket.rev is 'The revision of the dataset that it is so since';
comment on column curated.rollup_bucket.count is 'The number of values, missing ones not counted';
comment on column curated.rollup_bucket.status is 'The worst status of the values; null without any';

-- What was so from revision `rev` until before `superseded_by`.
create table curated.rollup_vintage (
  time          timestamptz not null,
  sum           double precision,
  least         double precision,
  greatest      double precision,
  first         double precision,
  last          double precision,
  rollup_id     integer not null references curated.rollup on delete cascade,
  series_id     integer not null,
  rev           integer not null,
  superseded_by integer not null,
  count         integer not null,
  status        "char",
  primary key (rollup_id, series_id, time, rev)
);
comment on table curated.rollup_vintage is 'What longer periods of series came to before a later revision';
comment on column curated.rollup_vintage.superseded_by is 'The revision of the dataset from which on it is no longer so';

do $$
begin
  if exists (select from pg_roles where rolname = 'refdata_operator') then
    grant select on curated.rollup, curated.rollup_bucket, curated.rollup_vintage to refdata_operator;
  end if;
end
$$;
