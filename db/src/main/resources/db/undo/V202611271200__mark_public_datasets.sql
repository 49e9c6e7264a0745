alter table curated.dataset drop column is_public;
alter table curated.dataset_aud drop column is_public;
