delete from curated.rollup where dimension is not null;
drop table curated.rollup_whole;
alter table curated.rollup_vintage drop column present, drop column missing;
alter table curated.rollup_bucket drop column present, drop column missing;
alter table curated.rollup
  drop column dimension,
  drop column codes,
  drop column members,
  drop constraint rollup_frequency_check,
  add constraint rollup_frequency_check check (frequency in ('A', 'S', 'Q', 'M', 'W', 'D', 'H'));
comment on column curated.rollup_bucket.series_id is null;
