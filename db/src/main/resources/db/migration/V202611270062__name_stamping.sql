-- Why:    the statements of a deferred trigger count as if a client had sent them; with a name, the figures of statements
--         say what a commit does and waits for
-- Locks:  none; rows: none
-- Undo:   db/undo/V202611270062__name_stamping.sql

create or replace function ref.stamp_revision() returns trigger
  language plpgsql
as $$
begin
  perform /* ref.stamp_revision */ pg_advisory_xact_lock(20262, 0);
  update /* ref.stamp_revision */ ref.revision r
     set at = greatest(clock_timestamp(), (select max(s.at) + interval '1 microsecond' from ref.revision s))
   where r.rev = new.rev;
  return null;
end
$$;
