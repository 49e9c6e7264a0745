alter table raw.load
  drop column ignored,
  drop column rounded,
  drop column dry_run;
