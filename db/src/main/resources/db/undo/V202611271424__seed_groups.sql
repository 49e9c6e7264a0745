-- Before anything refers to the groups: what does stops the undo. Takes away what the migration made.
do $$
declare
  r integer := (select rev from ref.revision where by = 'refdata' and reason like 'Groups of countries and conversions of units:%');
begin
  -- Nothing is sealed any more from this revision on; the task of the release before seals the later ones anew.
  delete from ref.sealed_state where rev in (
    select s.rev from ref.seal s where s.number >= (select min(f.number) from ref.seal f where f.rev = r));
  delete from ref.seal where number >= (select min(f.number) from ref.seal f where f.rev = r);
  delete from ref.conversion where id in (select a.id from ref.conversion_aud a where a.rev = r);
  delete from ref.membership where id in (select a.id from ref.membership_aud a where a.rev = r);
  delete from ref.region where id in (select a.id from ref.region_aud a where a.rev = r);
  delete from ref.conversion_aud where id in (select a.id from ref.conversion_aud a where a.rev = r);
  delete from ref.membership_aud where id in (select a.id from ref.membership_aud a where a.rev = r);
  delete from ref.region_aud where id in (select a.id from ref.region_aud a where a.rev = r);
  delete from ref.revision where rev = r;
end
$$;
