-- Why:    what is at work on a load, how often that came to nothing and why, is kept with the load: who starts jobs asks
--         here what is due, a load that was under way when the server ended twice is not taken up a third time, and what
--         the service or the database failed at is tried again later, so many times and no more.
-- Locks:  ACCESS EXCLUSIVE on raw.load for a moment (constants stand in the catalogue), SHARE while the index is built; rows: none.
-- Undo:   db/undo/V202611260904__track_work_on_loads.sql

-- `working` while a job is at work on it; still true at a start of the server, it was under way in a crash.
-- `outages` counts tries that the database or the machine ended, `failures` those that nobody expected; `due_at` is when
-- the next may begin, `trouble` what the last one met.
alter table raw.load
  add column working  boolean not null default false,
  add column crashes  integer not null default 0,
  add column outages  integer not null default 0,
  add column failures integer not null default 0,
  add column due_at   timestamptz,
  add column trouble  text;
create index load_waiting on raw.load (target, id) where state in ('RECEIVED', 'STAGING', 'MERGING');
