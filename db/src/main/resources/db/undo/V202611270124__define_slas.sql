drop table performance_monitoring.sla;
