alter table raw.payload
  drop constraint payload_removed,
  drop coding,
  drop target,
  drop removed_at,
  drop removed_because;
