-- Why:    the platform analyzes, vacuums and rebuilds what needs it, and people with psql see the same figures.
-- Locks:  none that anyone holds yet; rows: none.
-- Undo:   db/undo/V202611270030__watch_upkeep_of_tables.sql

-- Autovacuum looks after tables and partitions, never after a partitioned table: nobody changes a row of it. What changed
-- there is what changed in its partitions: rows that they changed since they were analyzed themselves, and rows that came
-- and went since the partitioned table was. Tables of loads come and go, and are left out; schema `archive` is the operators'.
create view performance_monitoring.table_upkeep as
select c.oid as table_id,
       quote_ident(n.nspname) || '.' || quote_ident(c.relname) as table_name,
       n.nspname as schema, c.relname as name, coalesce(root.relname, c.relname) as root,
       c.relkind = 'p' as is_partitioned,
       greatest(case when c.relkind = 'p' then leaves.rows else c.reltuples end, 0)::bigint as rows,
       (case when c.relkind = 'p' then abs(leaves.rows - greatest(c.reltuples, 0)) + leaves.changed_rows
             else coalesce(s.n_mod_since_analyze, 0) end)::bigint as changed_rows,
       coalesce(s.n_dead_tup, 0) as dead_rows,
       greatest(s.last_analyze, s.last_autoanalyze) as analyzed_at,
       leaves.analyzed_at as partitions_analyzed_at,
       greatest(s.last_vacuum, s.last_autovacuum) as vacuumed_at,
       s.last_analyze is not null or s.last_autoanalyze is not null
         or case when c.relkind = 'p' then c.reltuples >= 0
                 else exists (select from pg_stats p where p.schemaname = n.nspname and p.tablename = c.relname) end
         as is_analyzed,
       case when c.relkind = 'r' then
         greatest(age(c.relfrozenxid)::double precision / current_setting('autovacuum_freeze_max_age')::integer,
                  mxid_age(c.relminmxid)::double precision / current_setting('autovacuum_multixact_freeze_max_age')::integer,
                  age(t.relfrozenxid)::double precision / current_setting('autovacuum_freeze_max_age')::integer)
       end as freeze_share
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_class root on root.oid = pg_partition_root(c.oid)
  left join pg_class t on t.oid = c.reltoastrelid
  left join pg_stat_all_tables s on s.relid = c.oid
  left join lateral (
    select coalesce(sum(greatest(l.reltuples, 0)), 0) as rows, coalesce(sum(ls.n_mod_since_analyze), 0) as changed_rows,
           max(greatest(ls.last_analyze, ls.last_autoanalyze)) as analyzed_at
      from pg_partition_tree(c.oid) tree
      join pg_class l on l.oid = tree.relid
      left join pg_stat_all_tables ls on ls.relid = l.oid
     where tree.isleaf and c.relkind = 'p') leaves on true
 where c.relkind in ('r', 'p') and c.relpersistence <> 't'
   and n.nspname not in ('pg_catalog', 'information_schema', 'archive')
   and n.nspname not like 'pg\_t%'
   and not (n.nspname = 'staging' and c.relname like 'load\_%');
comment on view performance_monitoring.table_upkeep is
  'What each table needs: rows changed since it was analyzed, dead rows, and how near it is to a freeze';
comment on column performance_monitoring.table_upkeep.root is 'The partitioned table that it is a partition of, or itself';
comment on column performance_monitoring.table_upkeep.changed_rows is
  'Rows inserted, changed or deleted since it was analyzed; of a partitioned table an estimate from its partitions';
comment on column performance_monitoring.table_upkeep.freeze_share is
  'The age of its oldest transaction; 1: that at which PostgreSQL vacuums it whatever else runs';
