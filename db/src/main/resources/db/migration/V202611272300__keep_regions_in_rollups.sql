-- Why:    what groups and larger regions come to in longer periods is kept too, so that the years of a union are one row each to
--         read, and not the days of all its members (docs/adr/052).
-- Locks:  ACCESS EXCLUSIVE on curated.rollup, curated.rollup_bucket and curated.rollup_vintage for a moment; rows: none, since the new
--         columns are null.
-- Undo:   db/undo/V202611272300__keep_regions_in_rollups.sql

alter table curated.rollup
  add column dimension text collate "C",
  add column codes     text[] collate "C",
  add column members   text[] collate "C",
  add constraint rollup_regions_check check (num_nulls(dimension, codes, members) in (0, 3)),
  drop constraint rollup_frequency_check,
  add constraint rollup_frequency_check check (frequency in ('A', 'S', 'Q', 'M', 'W', 'D', 'H', 'N'));
comment on column curated.rollup.dimension is 'The dimension with the regions that it keeps; null if it keeps the series in the data';
comment on column curated.rollup.codes is 'The regions that it keeps';
comment on column curated.rollup.members is 'Who they consist of in the buckets: region, member, first and last day';

-- A series of a region that is worked out from those of its members.
create table curated.rollup_whole (
  id         integer generated always as identity primary key,
  rollup_id  integer not null references curated.rollup on delete cascade,
  key        text collate "C" not null,
  dimensions text[] collate "C" not null,
  rule       text not null check (rule in ('SUM', 'MEAN', 'FIRST', 'LAST', 'MIN', 'MAX')),
  unique (rollup_id, key)
);
comment on table curated.rollup_whole is 'The series of regions that rollups keep: rollup_bucket.series_id is its id there';
comment on column curated.rollup_whole.rule is 'What the members come to; of FIRST and LAST nothing is kept';

alter table curated.rollup_bucket
  add column present double precision,
  add column missing text[] collate "C";
comment on column curated.rollup_bucket.series_id is 'The series; in a rollup of regions the id of a curated.rollup_whole';
comment on column curated.rollup_bucket.present is 'How many of the periods due are there, each by its coverage; null: as many as values';
comment on column curated.rollup_bucket.missing is 'The members of the region that are missing in any of the periods; null for a series in the data';

alter table curated.rollup_vintage
  add column present double precision,
  add column missing text[] collate "C";

do $$
begin
  if exists (select from pg_roles where rolname = 'refdata_operator') then
    grant select on curated.rollup_whole to refdata_operator;
  end if;
end
$$;
