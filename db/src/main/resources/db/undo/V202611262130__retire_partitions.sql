alter table curated.partition
  add column state text not null default 'ACTIVE' check (state in ('ACTIVE', 'RETIRED'));
drop table curated.retired_partition;
drop schema archive;
