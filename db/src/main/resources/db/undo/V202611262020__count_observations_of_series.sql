drop function curated.count_observations;
alter table curated.series
  drop column observations,
  drop column earliest,
  drop column latest;
comment on column curated.series.first is null;
comment on column curated.series.last is null;
