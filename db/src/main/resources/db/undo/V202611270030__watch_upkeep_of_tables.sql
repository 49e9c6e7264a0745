drop view performance_monitoring.table_upkeep;
