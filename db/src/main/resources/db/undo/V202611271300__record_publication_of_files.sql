alter table raw.load drop column published_at;
