alter table curated.partition drop column rev, reset (fillfactor);
