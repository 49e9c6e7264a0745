-- Why:    service levels and alerts look back over days: how many requests of an address there were, how many the platform
--         failed to answer, and how fast it answered the others. Prometheus may not be there, and a server forgets when it ends.
-- Locks:  none that anyone holds yet; rows: none.
-- Undo:   db/undo/V202611270100__sample_requests.sql

-- What one server counted of the requests of one address between two samples. A bucket has the requests that were answered
-- without an error, and took longer than the bound of the bucket before and at most its own. In milliseconds the bounds are
-- 0.01, 0.016, 0.025, 0.035, 0.05, 0.07, 0.1, 0.16, … up to 10,000; the last bucket has all that took longer.
create table performance_monitoring.request_sample (
  at       timestamptz not null default now(),
  requests bigint      not null,
  errors   bigint      not null,
  node     text        not null,
  route    text        not null,
  buckets  bigint[]    not null,
  primary key (at, node, route)
);
comment on table performance_monitoring.request_sample is
  'What each server counted of the requests of an address, from one sample to the next; those without requests have no row';
comment on column performance_monitoring.request_sample.requests is 'All requests, without streams';
comment on column performance_monitoring.request_sample.errors is
  'Those of them that the platform failed to answer: status 5xx. A request that was refused (4xx, 429 included) is none';
comment on column performance_monitoring.request_sample.route is
  'The address, with variables in braces; ''unknown'' for paths without anything';
comment on column performance_monitoring.request_sample.buckets is
  'The requests without an error by the time that they took; the migration that made the table names the bounds';
