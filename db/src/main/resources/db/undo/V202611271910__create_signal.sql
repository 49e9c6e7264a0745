drop table curated.signal_run;
drop table curated.signal;
