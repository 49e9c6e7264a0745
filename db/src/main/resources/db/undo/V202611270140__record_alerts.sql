drop view performance_monitoring.open_alerts;
drop table performance_monitoring.alert_target;
drop table performance_monitoring.alert_delivery;
drop table performance_monitoring.alert_silence;
drop table performance_monitoring.alert_rule;
drop table performance_monitoring.alert;
