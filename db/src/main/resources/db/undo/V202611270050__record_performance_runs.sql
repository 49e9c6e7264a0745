delete from performance_monitoring.schedule where task = 'MEASURE_PERFORMANCE';
drop view performance_monitoring.performance_test_summary;
drop table performance_monitoring.performance_result;
drop table performance_monitoring.performance_run;
