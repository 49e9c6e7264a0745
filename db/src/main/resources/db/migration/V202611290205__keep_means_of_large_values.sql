-- Why:    the mean of large values is finite though their sum is not: it cannot be told from the sum then, and is kept itself.
-- Locks:  ACCESS EXCLUSIVE on curated.rollup_bucket and curated.rollup_vintage for a moment; rows: none, since the new column is
--         null. Where the sum was too large before, the mean is there after the next change of the bucket.
-- Undo:   db/undo/V202611290205__keep_means_of_large_values.sql

alter table curated.rollup_bucket add column mean double precision;
comment on column curated.rollup_bucket.mean is 'The mean of the values if their sum is too large; else null';
alter table curated.rollup_vintage add column mean double precision;
