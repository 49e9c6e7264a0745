-- Without `cascade`: what others made in these schemas stops the undo instead of going with it.
drop function ref.fold(text);
drop function ref.revision_as_of(integer, timestamptz);
drop function ref.open_revision(integer, text, text, bigint);
drop table ref.revision;
drop function ref.stamp_revision();
drop function ref.check_revision();
drop function ref.lock_topic(integer);
drop extension unaccent;
drop extension pg_trgm;
drop schema performance_monitoring, curated, staging, raw, ref;
