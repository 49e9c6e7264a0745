-- Why:    the use of an index is counted for as long as its table lives. PostgreSQL's own counters go when they are reset,
--         after a crash, and with each partition that is dropped; and they count each partition by itself.
-- Locks:  none that anyone holds yet; rows: none.
-- Undo:   db/undo/V202611270020__watch_indexes.sql

-- PostgreSQL's counters of an index when they were last read.
create table performance_monitoring.index_counter (
  index_id    oid    primary key,
  scans       bigint not null,
  rows_read   bigint not null,
  blocks_hit  bigint not null,
  blocks_read bigint not null
);
comment on table performance_monitoring.index_counter is 'The counters of each index when they were last read';

-- What an index was used for since it is watched; an index of a partitioned table and those of its partitions have one row.
create table performance_monitoring.index_use (
  watched_since timestamptz not null default clock_timestamp(),
  last_used_at  timestamptz,
  scans         bigint not null default 0,
  rows_read     bigint not null default 0,
  blocks_hit    bigint not null default 0,
  blocks_read   bigint not null default 0,
  table_name    text   not null,
  name          text   not null,
  primary key (table_name, name)
);
comment on table performance_monitoring.index_use is
  'The use of each index until its counters were last read; see the view index_usage for the use until now';
comment on column performance_monitoring.index_use.name is
  'The name of the index; for indexes of partitions only, what they are: using btree (a, b)';

-- What was counted from one look at PostgreSQL's counters to the next: they begin at 0 after a reset.
create function performance_monitoring.counted_since(
    counters bigint[], before bigint[], out scans bigint, out rows_read bigint, out blocks_hit bigint, out blocks_read bigint)
  language sql immutable
as $$
  select max(new) filter (where n = 1), max(new) filter (where n = 2), max(new) filter (where n = 3),
         max(new) filter (where n = 4)
    from (select n, case when counted >= coalesce(earlier, 0) then counted - coalesce(earlier, 0) else counted end as new
            from unnest(counters, before) with ordinality as pairs (counted, earlier, n)) differences
$$;

-- True if an index begins with certain columns, in any order.
create function performance_monitoring.begins_with(index_columns int2vector, columns int2[]) returns boolean
  language sql immutable
  return (index_columns::int2[])[0:cardinality(columns) - 1] @> columns;

-- Each index as PostgreSQL has it, with the table and the index that it belongs to: those of the partitioned table, if
-- there is one. `form` is the definition without names: using btree (a, b). Tables of loads come and go, and are left out.
create view performance_monitoring.physical_index as
select i.indexrelid as index_id, i.indrelid as leaf_id, root.table_id, root.index_id as root_index_id,
       quote_ident(space.nspname) || '.' || quote_ident(t.relname) as table_name,
       case when root.index_id = i.indexrelid and root.table_id <> i.indrelid then form.text else r.relname end as name,
       quote_ident(space.nspname) || '.' || quote_ident(c.relname) as physical_name,
       form.text as form, c.relkind = 'I' as is_partitioned, i.indisunique as is_unique, i.indisvalid as is_valid,
       exists (select from pg_constraint k where k.conindid in (i.indexrelid, root.index_id) and k.contype <> 'f')
         as is_constraint,
       pg_relation_size(i.indexrelid) as bytes, s.last_idx_scan as last_used_at,
       coalesce(s.idx_scan, 0) as scans, coalesce(s.idx_tup_read, 0) as rows_read,
       coalesce(io.idx_blks_hit, 0) as blocks_hit, coalesce(io.idx_blks_read, 0) as blocks_read
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
  left join pg_stat_all_indexes s on s.indexrelid = i.indexrelid
  left join pg_statio_all_indexes io on io.indexrelid = i.indexrelid
 where space.nspname not in ('pg_catalog', 'information_schema', 'archive')
   and space.nspname not like 'pg\_t%'
   and not (space.nspname = 'staging' and t.relname like 'load\_%');
comment on view performance_monitoring.physical_index is 'Each index with the counters of PostgreSQL, partitions by themselves';

-- Which index serves all that another one serves: it has the same columns in the same order, and perhaps more behind them.
-- Unique indexes and those of constraints are covered by an equal one only, and then the constraint's stays.
create view performance_monitoring.index_cover as
select distinct on (a.indexrelid) a.indexrelid as index_id, b.indexrelid as covered_by
  from pg_index a
  join pg_index b on b.indrelid = a.indrelid and b.indexrelid <> a.indexrelid and a.indisvalid and b.indisvalid
  join pg_class ac on ac.oid = a.indexrelid
  join pg_class bc on bc.oid = b.indexrelid and bc.relam = ac.relam
  join pg_am m on m.oid = ac.relam
 cross join lateral (
       select exists (select from pg_constraint k where k.conindid = a.indexrelid and k.contype <> 'f') as a_constraint,
              exists (select from pg_constraint k where k.conindid = b.indexrelid and k.contype <> 'f') as b_constraint,
              a.indkey = b.indkey and a.indnkeyatts = b.indnkeyatts and a.indclass = b.indclass
                and a.indcollation = b.indcollation and a.indoption = b.indoption
                and pg_get_expr(a.indexprs, a.indrelid) is not distinct from pg_get_expr(b.indexprs, b.indrelid) as equal) is_it
 where not a_constraint
   and pg_get_expr(a.indpred, a.indrelid) is not distinct from pg_get_expr(b.indpred, b.indrelid)
   and case when equal then
         b.indisunique >= a.indisunique
         and row(b_constraint, b.indisunique, -b.indexrelid::bigint) > row(a_constraint, a.indisunique, -a.indexrelid::bigint)
       else
         m.amname = 'btree' and not a.indisunique and a.indexprs is null and b.indnkeyatts >= a.indnkeyatts
         and (b.indkey::int2[])[0:a.indnkeyatts - 1] = (a.indkey::int2[])[0:a.indnkeyatts - 1]
         and (b.indclass::oid[])[0:a.indnkeyatts - 1] = (a.indclass::oid[])[0:a.indnkeyatts - 1]
         and (b.indcollation::oid[])[0:a.indnkeyatts - 1] = (a.indcollation::oid[])[0:a.indnkeyatts - 1]
         and (b.indoption::int2[])[0:a.indnkeyatts - 1] = (a.indoption::int2[])[0:a.indnkeyatts - 1]
         and (b.indkey::int2[]) @> (a.indkey::int2[])
         and not (b.indnkeyatts = a.indnkeyatts and a.indkey::int2[] @> b.indkey::int2[])
       end
 order by a.indexrelid, equal desc, b_constraint desc, b.indnatts, b.indexrelid;
comment on view performance_monitoring.index_cover is 'Indexes that are not needed because another one serves all that they serve';

-- The use of each index until now; an index of a partitioned table and those of its partitions are one row.
create view performance_monitoring.index_usage as
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
  left join performance_monitoring.index_counter k on k.index_id = i.index_id
 cross join lateral performance_monitoring.counted_since(
       array[i.scans, i.rows_read, i.blocks_hit, i.blocks_read],
       array[k.scans, k.rows_read, k.blocks_hit, k.blocks_read]) d
  left join performance_monitoring.index_use u on u.table_name = i.table_name and u.name = i.name
 group by i.table_name, i.name;
comment on view performance_monitoring.index_usage is
  'The use of each index since it is watched; indexes of partitions count for that of the partitioned table';

-- Adds what was counted since the last call to what is on record, so that it outlives resets and dropped partitions.
create function performance_monitoring.sample_indexes() returns bigint
  language sql
as $$
  with counted as materialized (
    select i.*, d.scans as new_scans, d.rows_read as new_rows, d.blocks_hit as new_hits, d.blocks_read as new_reads
      from performance_monitoring.physical_index i
      left join performance_monitoring.index_counter k on k.index_id = i.index_id
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
    insert into performance_monitoring.index_counter as k (index_id, scans, rows_read, blocks_hit, blocks_read)
    select index_id, scans, rows_read, blocks_hit, blocks_read from counted
        on conflict (index_id) do update
       set scans = excluded.scans, rows_read = excluded.rows_read, blocks_hit = excluded.blocks_hit,
           blocks_read = excluded.blocks_read
     where row(k.scans, k.rows_read, k.blocks_hit, k.blocks_read)
           is distinct from row(excluded.scans, excluded.rows_read, excluded.blocks_hit, excluded.blocks_read)
  ), gone as (
    delete from performance_monitoring.index_counter where index_id not in (select index_id from counted)
  ), forgotten as (
    delete from performance_monitoring.index_use u
     where not exists (select from counted c where c.table_name = u.table_name and c.name = u.name)
  )
  select count(*) from used
$$;
comment on function performance_monitoring.sample_indexes is
  'Puts the counters of all indexes on record; answers how many indexes are watched';
