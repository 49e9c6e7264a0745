-- Why:    operators ask how large, how bloated and how used tables and indexes are, and what was done to them, by psql too.
-- Locks:  none that anyone holds yet; rows: none.
-- Undo:   db/undo/V202611270012__add_table_statistics.sql

-- One row a table. `root` is the table that it is a partition of, or itself. The least size of its rows is estimated from
-- the statistics of its columns: 24 bytes of header and 4 of pointer for each row, and the mean width of each column.
create view performance_monitoring.table_statistics as
select n.nspname as schema,
       c.relname as name,
       coalesce(p.relname, c.relname) as root,
       coalesce(nullif(c.reltuples, -1), s.n_live_tup)::bigint as rows,
       pg_table_size(c.oid) - coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0) as table_bytes,
       pg_indexes_size(c.oid) as index_bytes,
       coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0) as toast_bytes,
       case when c.reltuples >= 0 and w.width is not null
            then greatest(0, pg_relation_size(c.oid)
                             - 8192 * ceil(c.reltuples * (28 + 8 * ceil(w.width / 8)) / 8168.0))::bigint
       end as bloat_bytes,
       coalesce(s.seq_scan, 0) as sequential_scans,
       coalesce(s.idx_scan, 0) as index_scans,
       coalesce(s.n_dead_tup, 0) as dead_rows,
       s.last_analyze, s.last_autoanalyze, s.last_vacuum, s.last_autovacuum
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_stat_all_tables s on s.relid = c.oid
  left join pg_inherits i on i.inhrelid = c.oid
  left join pg_class p on p.oid = i.inhparent
  left join lateral (
    select sum((1 - a.null_frac) * a.avg_width) as width
      from pg_stats a
     where a.schemaname = n.nspname and a.tablename = c.relname and not a.inherited) w on true
 where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and not n.nspname like 'pg\_t%';
comment on view performance_monitoring.table_statistics is 'Rows, bytes, bloat, scans, dead rows and upkeep of each table';
comment on column performance_monitoring.table_statistics.bloat_bytes is
  'An estimate: the bytes of the table beyond those that its rows need by the statistics of its columns; null if never analyzed';

create view performance_monitoring.optimization_summary as
select task, count(*) filter (where outcome = 'DONE') as done, count(*) filter (where outcome = 'POSTPONED') as postponed,
       count(*) filter (where outcome = 'FAILED') as failed, sum(seconds) as seconds, max(at) as last_at
  from performance_monitoring.optimization_log
 group by task;
comment on view performance_monitoring.optimization_summary is 'What was done to look after the database, by task';

create function performance_monitoring.sample_sizes() returns void
  language sql
begin atomic
  insert into performance_monitoring.size_sample (bytes, rows, subject)
  select sum(table_bytes + index_bytes + toast_bytes), sum(rows), schema || '.' || root
    from performance_monitoring.table_statistics
   where table_bytes is not null
   group by schema, root
  union all
  select pg_database_size(current_database()), null, 'database';
end;
comment on function performance_monitoring.sample_sizes is
  'Stores the sizes of the database and of its tables; the server calls it each hour';

-- The growth of a subject since its oldest sample of the last week, null if that is younger than an hour.
create function performance_monitoring.growth_per_day(subject text, bytes bigint) returns bigint
  language sql stable
as $$
  select ((growth_per_day.bytes - s.bytes) / (extract(epoch from now() - s.at) / 86400))::bigint
    from performance_monitoring.size_sample s
   where s.subject = growth_per_day.subject and s.at between now() - interval '7 days' and now() - interval '1 hour'
   order by s.at
   limit 1
$$;
comment on function performance_monitoring.growth_per_day is
  'Bytes a day that a table, or ''database'', grew since its oldest sample of the last week';

-- The plan of a statement with parameters instead of values, as pg_stat_statements has it. It is not run.
create function performance_monitoring.generic_plan(statement text) returns json
  language plpgsql
as $$
declare
  plan json;
begin
  execute 'explain (generic_plan, verbose, format json) ' || generic_plan.statement into plan;
  return plan;
end
$$;
comment on function performance_monitoring.generic_plan is
  'The plan of a statement with parameters ($1) instead of values; the statement is not run';
