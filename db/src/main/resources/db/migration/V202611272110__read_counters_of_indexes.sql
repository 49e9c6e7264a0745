-- Why:    the list of indexes took a minute with 2,300 of them: the planner takes the views pg_stat_all_indexes and
--         pg_statio_all_indexes for a row each, and went through them once for each index. Their counters are read directly.
-- Locks:  ACCESS EXCLUSIVE on the view for a moment; rows: none.
-- Undo:   db/undo/V202611272110__read_counters_of_indexes.sql

create or replace view performance_monitoring.physical_index as
select i.indexrelid as index_id, i.indrelid as leaf_id, root.table_id, root.index_id as root_index_id,
       quote_ident(space.nspname) || '.' || quote_ident(t.relname) as table_name,
       case when root.index_id = i.indexrelid and root.table_id <> i.indrelid then form.text else r.relname end as name,
       quote_ident(space.nspname) || '.' || quote_ident(c.relname) as physical_name,
       form.text as form, c.relkind = 'I' as is_partitioned, i.indisunique as is_unique, i.indisvalid as is_valid,
       exists (select from pg_constraint k where k.conindid in (i.indexrelid, root.index_id) and k.contype <> 'f')
         as is_constraint,
       pg_relation_size(i.indexrelid) as bytes, pg_stat_get_lastscan(i.indexrelid) as last_used_at,
       pg_stat_get_numscans(i.indexrelid) as scans, pg_stat_get_tuples_returned(i.indexrelid) as rows_read,
       pg_stat_get_blocks_hit(i.indexrelid) as blocks_hit,
       pg_stat_get_blocks_fetched(i.indexrelid) - pg_stat_get_blocks_hit(i.indexrelid) as blocks_read
  from pg_index i
  join pg_class c on c.oid = i.indexrelid
 cross join lateral (
       select coalesce(pg_partition_root(i.indrelid)::oid, i.indrelid) as table_id,
              coalesce(pg_partition_root(i.indexrelid)::oid, i.indexrelid) as index_id) root
 cross join lateral (
       select substr(definition, strpos(definition, ' USING ') + 1) as text
         from pg_get_indexdef(i.indexrelid) definition) form
  join pg_class t on t.oid = root.table_id
  join pg_class r on r.oid = root.index_id
  join pg_namespace space on space.oid = t.relnamespace
 where space.nspname not in ('pg_catalog', 'information_schema', 'archive')
   and space.nspname not like 'pg\_t%'
   and not (space.nspname = 'staging' and t.relname like 'load\_%');
