drop function ref.seal_revisions(integer);
drop table ref.sealed_state;
drop table ref.seal;
