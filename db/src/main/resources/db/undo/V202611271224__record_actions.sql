drop table performance_monitoring.action;
