-- Why:    operators ask how long statements took and how tables grew over any window, so samples are kept: of the statements
--         each minute, of the sizes each hour.
-- Locks:  none that anyone holds yet; rows: none.
-- Undo:   db/undo/V202611270010__keep_statistics.sql

-- What the server measured of the statements of one name between two samples. `buckets` are the histogram's buckets that
-- have calls, `counts` their calls.
create table performance_monitoring.statement_sample (
  at       timestamptz not null default now(),
  calls    bigint not null,
  slow     bigint not null,
  total_ms double precision not null,
  max_ms   double precision not null,
  slow_at  timestamptz,
  name     text not null,
  slow_text text,
  buckets  integer[] not null,
  counts   bigint[] not null
);
create index statement_sample_at on performance_monitoring.statement_sample (at);
comment on table performance_monitoring.statement_sample is
  'How long the statements of each name took, as the server saw it, from one sample to the next';
comment on column performance_monitoring.statement_sample.slow is 'Calls over the slow mark, refdata.slow-statement';
comment on column performance_monitoring.statement_sample.slow_text is 'The slowest call with its values, if it was slow';

-- What pg_stat_statements had at the last sample, so that the next sample has the difference.
create table performance_monitoring.statement_reading (
  query_id    bigint not null,
  role_id     oid not null,
  stats_since timestamptz not null,
  read_at     timestamptz not null default now(),
  calls       bigint not null,
  rows        bigint not null,
  blocks_hit  bigint not null,
  blocks_read bigint not null,
  total_ms    double precision not null,
  primary key (query_id, role_id)
);
comment on table performance_monitoring.statement_reading is 'What pg_stat_statements had at the last sample';

-- What pg_stat_statements counted between two samples; a name of '' is that of statements without one.
create table performance_monitoring.statement_usage (
  at          timestamptz not null default now(),
  calls       bigint not null,
  rows        bigint not null,
  blocks_hit  bigint not null,
  blocks_read bigint not null,
  total_ms    double precision not null,
  name        text not null
);
create index statement_usage_at on performance_monitoring.statement_usage (at);
comment on table performance_monitoring.statement_usage is
  'What the statements of each name took, as pg_stat_statements has it, from one sample to the next';

create table performance_monitoring.size_sample (
  at      timestamptz not null default now(),
  bytes   bigint not null,
  rows    bigint,
  subject text not null
);
create index size_sample_subject on performance_monitoring.size_sample (subject, at);
comment on table performance_monitoring.size_sample is
  'The size of the database and of its tables, each hour; the partitions of a dataset are one table';

-- The least time of a bucket of the histograms, in milliseconds. There are eight buckets for each doubling.
create function performance_monitoring.bucket_ms(bucket integer) returns double precision
  language sql immutable parallel safe
return case when bucket < 8 then bucket else (8 + bucket % 8) * power(2, bucket / 8 - 1) end * 0.001024;
comment on function performance_monitoring.bucket_ms is 'The least time of a bucket of the histograms, in milliseconds';

create function performance_monitoring.pg_statements_missing() returns text
  language sql stable
return case
  when not exists (select from pg_settings where name = 'pg_stat_statements.max')
  then 'pg_stat_statements is not in shared_preload_libraries'
  when not exists (select from pg_extension where extname = 'pg_stat_statements')
  then 'the extension pg_stat_statements is not created in this database'
end;
comment on function performance_monitoring.pg_statements_missing is
  'What is missing for figures of pg_stat_statements; null if nothing is';

-- The statements of this database in pg_stat_statements; none where that is missing.
create function performance_monitoring.pg_statements() returns table (
  query_id bigint, role_id oid, stats_since timestamptz, calls bigint, rows bigint, blocks_hit bigint, blocks_read bigint,
  total_ms double precision, name text, query text)
  language plpgsql stable
as $$
begin
  if performance_monitoring.pg_statements_missing() is null then
    return query execute format(
      'select s.queryid, s.userid, s.stats_since, s.calls, s.rows, s.shared_blks_hit, s.shared_blks_read, s.total_exec_time,'
      '       coalesce(substring(s.query from ''^[\s(]*[A-Za-z]+ /\* ([A-Za-z0-9_.]+) \*/''), ''''), s.query'
      '  from %I.pg_stat_statements s'
      ' where s.queryid is not null and s.toplevel'
      '   and s.dbid = (select d.oid from pg_database d where d.datname = current_database())',
      (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_stat_statements'));
  end if;
end
$$;
comment on function performance_monitoring.pg_statements is
  'The statements of this database in pg_stat_statements, with their names; none where that is missing';

-- Stores what pg_stat_statements has counted since the last time. A statement that is seen for the first time is counted
-- from its beginning only if it began after that.
create function performance_monitoring.sample_statements() returns void
  language sql
begin atomic
  select pg_advisory_xact_lock(20266, 0);
  with now_read as materialized (select * from performance_monitoring.pg_statements()),
  last as (select max(r.read_at) as at from performance_monitoring.statement_reading r),
  grown as (
    select n.name,
           n.calls - coalesce(r.calls, 0) as calls, n.rows - coalesce(r.rows, 0) as rows,
           n.blocks_hit - coalesce(r.blocks_hit, 0) as blocks_hit, n.blocks_read - coalesce(r.blocks_read, 0) as blocks_read,
           n.total_ms - coalesce(r.total_ms, 0) as total_ms
      from now_read n
     cross join last
      left join performance_monitoring.statement_reading r
        on r.query_id = n.query_id and r.role_id = n.role_id and r.stats_since = n.stats_since
     where r.query_id is not null or n.stats_since >= last.at),
  gone as (
    delete from performance_monitoring.statement_reading r
     where not exists (select from now_read n where n.query_id = r.query_id and n.role_id = r.role_id)),
  stored as (
    insert into performance_monitoring.statement_reading
      (query_id, role_id, stats_since, calls, rows, blocks_hit, blocks_read, total_ms)
    select query_id, role_id, stats_since, calls, rows, blocks_hit, blocks_read, total_ms from now_read
    on conflict (query_id, role_id) do update
      set stats_since = excluded.stats_since, read_at = now(), calls = excluded.calls, rows = excluded.rows,
          blocks_hit = excluded.blocks_hit, blocks_read = excluded.blocks_read, total_ms = excluded.total_ms)
  insert into performance_monitoring.statement_usage (calls, rows, blocks_hit, blocks_read, total_ms, name)
  select sum(calls), sum(rows), sum(blocks_hit), sum(blocks_read), sum(total_ms), name
    from grown
   where calls > 0
   group by name;
end;
comment on function performance_monitoring.sample_statements is
  'Stores what pg_stat_statements has counted since the last time; the server calls it each minute';

-- How long the statements of each name took. A percentile is the upper bound of its bucket, at most 12.5 % too high.
create function performance_monitoring.latencies(within interval) returns table (
  name text, calls bigint, slow bigint, total_ms double precision, max_ms double precision, p50_ms double precision,
  p95_ms double precision, p99_ms double precision)
  language sql stable
as $$
  with sample as (
    select * from performance_monitoring.statement_sample s where s.at > now() - latencies.within),
  summed as (
    select s.name, sum(s.calls)::bigint as calls, sum(s.slow)::bigint as slow, sum(s.total_ms) as total_ms,
           max(s.max_ms) as max_ms
      from sample s
     group by s.name),
  ranked as (
    select s.name, u.bucket, sum(sum(u.count)) over (partition by s.name order by u.bucket) as up_to
      from sample s, unnest(s.buckets, s.counts) as u(bucket, count)
     group by s.name, u.bucket),
  percentile as (
    select r.name,
           min(r.bucket) filter (where r.up_to >= 0.50 * s.calls) as p50,
           min(r.bucket) filter (where r.up_to >= 0.95 * s.calls) as p95,
           min(r.bucket) filter (where r.up_to >= 0.99 * s.calls) as p99
      from ranked r
      join summed s on s.name = r.name
     group by r.name)
  select s.name, s.calls, s.slow, s.total_ms, s.max_ms,
         least(performance_monitoring.bucket_ms(p.p50 + 1), s.max_ms),
         least(performance_monitoring.bucket_ms(p.p95 + 1), s.max_ms),
         least(performance_monitoring.bucket_ms(p.p99 + 1), s.max_ms)
    from summed s
    join percentile p on p.name = s.name
$$;
comment on function performance_monitoring.latencies is
  'How long the statements of each name took in the samples of a time; ''connection'' is the wait for a connection';

create function performance_monitoring.statement_statistics(within interval) returns table (
  name text, calls bigint, mean_ms double precision, p50_ms double precision, p95_ms double precision,
  p99_ms double precision, max_ms double precision, share double precision, slow bigint, rows bigint, blocks_hit bigint,
  blocks_read bigint)
  language sql stable
as $$
  with server as (
    select u.name, sum(u.calls)::bigint as calls, sum(u.rows)::bigint as rows, sum(u.blocks_hit)::bigint as blocks_hit,
           sum(u.blocks_read)::bigint as blocks_read, sum(u.total_ms) as total_ms
      from performance_monitoring.statement_usage u
     where u.at > now() - statement_statistics.within
     group by u.name),
  client as (select * from performance_monitoring.latencies(statement_statistics.within) l where l.name <> 'connection'),
  both_sides as (
    select coalesce(c.name, nullif(s.name, '')) as name, coalesce(c.calls, s.calls) as calls,
           coalesce(c.total_ms, s.total_ms) as total_ms, c.p50_ms, c.p95_ms, c.p99_ms, c.max_ms, c.slow,
           s.rows, s.blocks_hit, s.blocks_read
      from client c
      full join server s on s.name = c.name)
  select b.name, b.calls, b.total_ms / nullif(b.calls, 0), b.p50_ms, b.p95_ms, b.p99_ms, b.max_ms,
         b.total_ms / nullif(sum(b.total_ms) over (), 0), b.slow, b.rows, b.blocks_hit, b.blocks_read
    from both_sides b
$$;
comment on function performance_monitoring.statement_statistics is
  'The statements of a time by their names: times as the server saw them, rows and blocks from pg_stat_statements; '
  'without a name: all that the platform did not send';

create function performance_monitoring.get_slow_queries(within interval) returns table (
  name text, calls bigint, slow bigint, mean_ms double precision, p95_ms double precision, p99_ms double precision,
  max_ms double precision, share double precision, slowest_at timestamptz, slowest text)
  language sql stable
as $$
  select s.name, s.calls, s.slow, s.mean_ms, s.p95_ms, s.p99_ms, s.max_ms, s.share, t.slow_at, t.slow_text
    from performance_monitoring.statement_statistics(get_slow_queries.within) s
    left join lateral (
      select c.slow_at, c.slow_text
        from performance_monitoring.statement_sample c
       where c.name = s.name and c.at > now() - get_slow_queries.within and c.slow_text is not null
       order by c.max_ms desc
       limit 1) t on true
   where s.slow > 0
   order by s.slow desc, s.name
$$;
comment on function performance_monitoring.get_slow_queries is
  'The statements that had calls over the slow mark within a time, with the slowest call and its values';

create view performance_monitoring.slow_queries as
select * from performance_monitoring.get_slow_queries(interval '1 day');
comment on view performance_monitoring.slow_queries is 'The slow statements of the last day: get_slow_queries(''1 day'')';
