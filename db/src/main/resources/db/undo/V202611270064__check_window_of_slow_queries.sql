create or replace function performance_monitoring.get_slow_queries(within interval) returns table (
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
