-- Indicators that are aggregated by FIRST keep the code, and longer periods need an aggregation in the question then.
do $$
declare
  r integer := (select rev from ref.revision where by = 'refdata' and reason = 'The first value of a longer period');
begin
  delete from ref.code where id in (select a.id from ref.code_aud a where a.rev = r);
  delete from ref.code_aud where id in (select a.id from ref.code_aud a where a.rev = r);
  delete from ref.revision where rev = r;
end
$$;
