-- Nothing is sealed any more from the first revision on that these tables have states of; the task of the release before seals the
-- later ones anew.
do $$
declare
  first bigint := (select min(s.number) from ref.seal s join ref.sealed_state f on f.rev = s.rev where f.audit in ('curated.feature_set_aud'));
begin
  delete from ref.sealed_state where rev in (select rev from ref.seal where number >= first);
  delete from ref.seal where number >= first;
end
$$;
drop table curated.feature_set_read, curated.feature_set_aud, curated.feature_set;
