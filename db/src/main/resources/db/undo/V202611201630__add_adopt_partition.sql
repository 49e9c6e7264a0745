drop function curated.adopt_partition(integer, timestamptz, timestamptz, text, integer);
