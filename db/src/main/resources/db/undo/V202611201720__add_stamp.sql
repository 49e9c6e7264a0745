alter table raw.payload reset (autovacuum_vacuum_insert_threshold, autovacuum_vacuum_insert_scale_factor);
alter index raw.payload_content reset (gin_pending_list_limit);
drop function ref.stamp(integer);
