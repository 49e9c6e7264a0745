drop function performance_monitoring.generic_plan(text);
drop table performance_monitoring.index_recommendation;
