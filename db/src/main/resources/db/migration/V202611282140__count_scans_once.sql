-- Why:    an index that is rebuilt beside the work gets another id, and PostgreSQL hands its counters on: all its scans were counted
--         once more. Its name stays.
-- Locks:  performance_monitoring.index_usage, index_counter, for a moment; rows: one for each index.
-- Undo:   db/undo/V202611282140__count_scans_once.sql

-- Whoever reads the view holds it before the table: so does this.
alter view performance_monitoring.index_usage set (security_invoker = false);
alter table performance_monitoring.index_counter add physical_name text;
update performance_monitoring.index_counter k
   set physical_name = i.physical_name
  from performance_monitoring.physical_index i
 where i.index_id = k.index_id;
delete from performance_monitoring.index_counter where physical_name is null;
alter table performance_monitoring.index_counter
  drop constraint index_counter_pkey, add constraint index_counter_pkey primary key (physical_name);

create or replace view performance_monitoring.index_usage as
select i.table_name, i.name, min(i.form) as form,
       pg_get_indexdef(min(i.root_index_id::bigint)::oid) as definition,
       min(i.table_id::bigint)::oid as table_id, min(i.root_index_id::bigint)::oid as index_id,
       bool_or(i.is_unique) as is_unique, bool_or(i.is_constraint) as is_constraint, bool_and(i.is_valid) as is_valid,
       count(*) filter (where i.leaf_id <> i.table_id) as partitions, sum(i.bytes)::bigint as bytes,
       coalesce(min(u.scans), 0) + sum(d.scans)::bigint as scans,
       coalesce(min(u.rows_read), 0) + sum(d.rows_read)::bigint as rows_read,
       coalesce(min(u.blocks_hit), 0) + sum(d.blocks_hit)::bigint as blocks_hit,
       coalesce(min(u.blocks_read), 0) + sum(d.blocks_read)::bigint as blocks_read,
       greatest(min(u.last_used_at), max(i.last_used_at)) as last_used_at,
       coalesce(min(u.watched_since), now()) as watched_since,
       exists (select from pg_constraint f
                where f.conrelid = min(i.table_id::bigint)::oid and f.contype = 'f'
                  and performance_monitoring.begins_with(
                        (select x.indkey from pg_index x where x.indexrelid = min(i.root_index_id::bigint)::oid), f.conkey)
              ) as serves_foreign_key
  from performance_monitoring.physical_index i
  left join performance_monitoring.index_counter k on k.physical_name = i.physical_name
 cross join lateral performance_monitoring.counted_since(
       array[i.scans, i.rows_read, i.blocks_hit, i.blocks_read],
       array[k.scans, k.rows_read, k.blocks_hit, k.blocks_read]) d
  left join performance_monitoring.index_use u on u.table_name = i.table_name and u.name = i.name
 group by i.table_name, i.name;

create or replace function performance_monitoring.sample_indexes() returns bigint
  language sql
as $$
  with counted as materialized (
    select i.*, d.scans as new_scans, d.rows_read as new_rows, d.blocks_hit as new_hits, d.blocks_read as new_reads
      from performance_monitoring.physical_index i
      left join performance_monitoring.index_counter k on k.physical_name = i.physical_name
     cross join lateral performance_monitoring.counted_since(
           array[i.scans, i.rows_read, i.blocks_hit, i.blocks_read],
           array[k.scans, k.rows_read, k.blocks_hit, k.blocks_read]) d
  ), used as (
    insert into performance_monitoring.index_use as u
           (table_name, name, scans, rows_read, blocks_hit, blocks_read, last_used_at)
    select table_name, name, sum(new_scans), sum(new_rows), sum(new_hits), sum(new_reads), max(last_used_at)
      from counted
     group by table_name, name
        on conflict (table_name, name) do update
       set scans = u.scans + excluded.scans, rows_read = u.rows_read + excluded.rows_read,
           blocks_hit = u.blocks_hit + excluded.blocks_hit, blocks_read = u.blocks_read + excluded.blocks_read,
           last_used_at = greatest(u.last_used_at, excluded.last_used_at)
    returning 1
  ), read as (
    insert into performance_monitoring.index_counter as k (physical_name, scans, rows_read, blocks_hit, blocks_read)
    select physical_name, scans, rows_read, blocks_hit, blocks_read from counted
        on conflict (physical_name) do update
       set scans = excluded.scans, rows_read = excluded.rows_read, blocks_hit = excluded.blocks_hit,
           blocks_read = excluded.blocks_read
     where row(k.scans, k.rows_read, k.blocks_hit, k.blocks_read)
           is distinct from row(excluded.scans, excluded.rows_read, excluded.blocks_hit, excluded.blocks_read)
  ), gone as (
    delete from performance_monitoring.index_counter where physical_name not in (select physical_name from counted)
  ), forgotten as (
    delete from performance_monitoring.index_use u
     where not exists (select from counted c where c.table_name = u.table_name and c.name = u.name)
  )
  select count(*) from used
$$;

alter table performance_monitoring.index_counter drop column index_id;
