drop table curated.export;
