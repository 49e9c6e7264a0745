drop table curated.rollup_vintage, curated.rollup_bucket, curated.rollup;
