drop view performance_monitoring.index_usage, performance_monitoring.index_cover;
drop function performance_monitoring.sample_indexes();
drop view performance_monitoring.physical_index;
drop function performance_monitoring.counted_since(bigint[], bigint[]);
drop function performance_monitoring.begins_with(int2vector, int2[]);
drop table performance_monitoring.index_use, performance_monitoring.index_counter;
