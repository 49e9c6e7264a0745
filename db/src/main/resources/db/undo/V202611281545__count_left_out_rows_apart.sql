-- Rows that a layout leaves out are among the rows that were read again.
update raw.load set rows_read = rows_read + ignored where ignored > 0;
