drop index raw.load_waiting;
alter table raw.load
  drop column working, drop column crashes, drop column outages, drop column failures, drop column due_at, drop column trouble;
