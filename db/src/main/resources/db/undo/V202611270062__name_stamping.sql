create or replace function ref.stamp_revision() returns trigger
  language plpgsql
as $$
begin
  perform pg_advisory_xact_lock(20262, 0);
  update ref.revision r
     set at = greatest(clock_timestamp(), (select max(s.at) + interval '1 microsecond' from ref.revision s))
   where r.rev = new.rev;
  return null;
end
$$;
