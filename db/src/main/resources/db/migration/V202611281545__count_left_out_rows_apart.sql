-- Why:    rows that a layout leaves out were among the rows that were read; those are the inserted, revised, unchanged and
--         rejected ones, and the ratio of rejected rows is one of them.
-- Locks:  raw.load, for a moment; rows: the loads that left rows out.
-- Undo:   db/undo/V202611281545__count_left_out_rows_apart.sql

update raw.load set rows_read = rows_read - ignored where ignored > 0;
