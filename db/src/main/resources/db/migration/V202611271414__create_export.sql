-- Why:    who wants a file of very many observations does not wait for it in one request: it is written while nobody waits, is
--         begun again after a crash, and is fetched in parts (docs/adr/048).
-- Locks:  none that anyone holds yet; rows: none.
-- Undo:   db/undo/V202611271414__create_export.sql

-- The row is the only queue. Who writes the file claims it for some seconds, and again and again until it is done: if it dies, another
-- claims it. A claim counts as one of `tries`, which also tells it from an earlier one that goes on although its time is over.
create table curated.export (
  id            bigint      generated always as identity primary key,
  requested_at  timestamptz not null default clock_timestamp(),
  as_of         timestamptz not null,
  started_at    timestamptz,
  finished_at   timestamptz,
  expires_at    timestamptz,
  claimed_until timestamptz,
  rows          bigint      not null default 0,
  bytes         bigint      not null default 0,
  tries         integer     not null default 0,
  dataset       text        not null,
  format        text        not null,
  state         text        not null default 'WAITING' check (state in ('WAITING', 'RUNNING', 'COMPLETED', 'FAILED')),
  query         text        not null,
  path          text,
  message       text,
  by            text        not null,
  request_id    text,
  sha256        bytea       check (length(sha256) = 32),
  check (state <> 'COMPLETED' or (sha256 is not null and path is not null)),
  check ((state in ('COMPLETED', 'FAILED')) = (expires_at is not null))
);
comment on table curated.export is 'Files of observations that somebody asked for, and those that are still to be written';
comment on column curated.export.as_of is 'The instant as of which the observations are read: with it the same query gives the same bytes';
comment on column curated.export.expires_at is 'When the file, or the row of one that failed, is removed; null until it has ended';
comment on column curated.export.claimed_until is 'Until when a server writes it; from then on another may begin again';
comment on column curated.export.rows is 'The observations in the file; 0 until it is there';
comment on column curated.export.bytes is 'The size of the file; so far, while it is written';
comment on column curated.export.tries is 'How many times a server has begun to write it';
comment on column curated.export.dataset is 'The code of the dataset';
comment on column curated.export.format is 'The format of the file: csv, ndjson, json and others';
comment on column curated.export.query is 'What is asked of the dataset, in JSON: the names of a query for observations, without asOf';
comment on column curated.export.path is 'The name of the file below refdata.home/exports; null until a server has begun to write it';
comment on column curated.export.message is 'Why it failed';
comment on column curated.export.by is 'Who asked for it';
comment on column curated.export.request_id is 'The X-Request-Id of the request that asked for it';

create index export_by on curated.export (by, id);
create index export_due on curated.export (id) where state in ('WAITING', 'RUNNING');
create index export_expires on curated.export (expires_at) where expires_at is not null;

do $$
begin
  if exists (select from pg_roles where rolname = 'refdata_operator') then
    grant select on curated.export to refdata_operator;
  end if;
end
$$;
