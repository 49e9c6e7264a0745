-- Why:    operators promise how long loads take, how fresh and good datasets are, how fast and free of errors requests are answered; the
--         platform says how far the promises are kept.
-- Locks:  none that anyone holds yet; rows: none.
-- Undo:   db/undo/V202611270124__define_slas.sql

create table performance_monitoring.sla (
  changed_at     timestamptz not null default clock_timestamp(),
  objective      double precision not null check (objective > 0 and objective < 1),
  least          double precision,
  bound_ms       double precision check (bound_ms > 0),
  window_seconds bigint  not null check (window_seconds > 0),
  version        integer not null default 0,
  code           text collate "C" primary key check (code ~ '^[A-Za-z0-9_@$-]{1,64}$'),
  kind           text    not null
                 check (kind in ('LOAD_DURATION', 'FRESHNESS', 'REQUEST_LATENCY', 'REQUEST_ERRORS', 'QUALITY')),
  dataset        text collate "C",
  layout         text collate "C",
  route          text collate "C",
  time_window    text    not null,
  bound          text,
  changed_by     text    not null,
  check (num_nonnulls(dataset, layout, route) = 1)
);
comment on table performance_monitoring.sla is 'The service levels that operators agreed on';
comment on column performance_monitoring.sla.objective is 'The share of events that have to be good';
comment on column performance_monitoring.sla.least is 'Of kind QUALITY: the least good score';
comment on column performance_monitoring.sla.bound_ms is 'Of LOAD_DURATION and REQUEST_LATENCY: the longest good time, in milliseconds';
comment on column performance_monitoring.sla.time_window is 'The time over which it is measured, as ISO 8601 text; window_seconds has the same';
comment on column performance_monitoring.sla.bound is 'Of LOAD_DURATION: bound_ms as ISO 8601 text';
