-- Why:    observations that are older than the retention of their dataset leave it, a partition at a time.
-- Locks:  ACCESS EXCLUSIVE on curated.partition for a moment; rows: none.
-- Undo:   db/undo/V202611262130__retire_partitions.sql

-- Where the tables of retired partitions go that their dataset does not drop. The platform does not look there.
create schema archive;

-- A retired partition: its record has left curated.partition for this one, so nobody reads its table or writes to it.
-- The table is detached from that of its dataset, then moved to schema `archive`, or dropped.
create table curated.retired_partition (
  lower      timestamptz not null,
  upper      timestamptz not null check (lower < upper),
  retired_at timestamptz not null default now(),
  gone_at    timestamptz,
  dataset_id integer not null,
  rev        integer not null references ref.revision,
  kind       text not null check (kind in ('VALUE', 'VINTAGE')),
  on_expiry  text not null check (on_expiry in ('DETACH', 'DROP')),
  leaf       text collate "C" primary key
);
create index retired_partition_dataset on curated.retired_partition (dataset_id, upper desc, rev desc);
create index retired_partition_rev on curated.retired_partition (rev);
create index retired_partition_left on curated.retired_partition (leaf) where gone_at is null;

comment on table curated.retired_partition is 'Partitions that retention has removed from their datasets';
comment on column curated.retired_partition.rev is 'The revision of the dataset that removed it: earlier states are no longer complete';
comment on column curated.retired_partition.gone_at is 'When its table left schema curated; null while that is still to be done';

-- What is on record exists: retired partitions have a table of their own.
delete from curated.partition where state = 'RETIRED';
alter table curated.partition drop column state;
