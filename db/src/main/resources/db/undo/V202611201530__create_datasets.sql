drop function curated.attach_partition(integer, timestamptz);
drop function curated.attach_dataset(integer);
drop table curated.observation_vintage, curated.observation, curated.series, curated.dataset_aud, curated.dataset;
