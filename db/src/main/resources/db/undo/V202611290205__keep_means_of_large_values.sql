alter table curated.rollup_vintage drop column mean;
alter table curated.rollup_bucket drop column mean;
