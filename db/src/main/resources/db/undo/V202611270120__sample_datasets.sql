drop table performance_monitoring.dataset_sample;
drop index raw.load_layout, raw.load_target;
