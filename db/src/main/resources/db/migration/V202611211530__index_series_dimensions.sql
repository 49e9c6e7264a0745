-- Why:    which series of a dataset bear a code must be found without looking at all of them.
-- Locks:  SHARE on curated.series while the index is built: writers of new series wait, readers don't; rows: none.
-- Undo:   db/undo/V202611211530__index_series_dimensions.sql

create index series_dimensions on curated.series using gin (dimensions);
