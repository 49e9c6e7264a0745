drop table performance_monitoring.anomaly, performance_monitoring.load_quality;
drop index raw.load_completed;
