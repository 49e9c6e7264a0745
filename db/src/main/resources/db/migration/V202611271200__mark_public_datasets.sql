-- Why:    a dataset may be public: it can be read without a credential
-- Locks:  curated.dataset and curated.dataset_aud exclusively, for a moment: the default is stored in the catalog; rows: none
-- Undo:   db/undo/V202611271200__mark_public_datasets.sql

alter table curated.dataset add column is_public boolean not null default false;
-- What was recorded before has null, which is false.
alter table curated.dataset_aud add column is_public boolean;
comment on column curated.dataset.is_public is 'Whether it can be read without a credential';
