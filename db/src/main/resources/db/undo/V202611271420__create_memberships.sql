-- Nothing is sealed any more from the first revision on that these tables have states of; the task of the release before seals the
-- later ones anew.
do $$
declare
  first bigint := (select min(s.number) from ref.seal s join ref.sealed_state f on f.rev = s.rev where f.audit in ('ref.membership_aud', 'ref.conversion_aud'));
begin
  delete from ref.sealed_state where rev in (select rev from ref.seal where number >= first);
  delete from ref.seal where number >= first;
end
$$;
drop table ref.membership, ref.membership_aud, ref.conversion, ref.conversion_aud;
drop function
  ref.begin_runs_membership_aud(), ref.end_runs_membership_aud(),
  ref.begin_runs_conversion_aud(), ref.end_runs_conversion_aud();
