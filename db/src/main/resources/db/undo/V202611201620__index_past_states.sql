do $$
declare
  past record;
begin
  for past in
    select c.oid::regclass as audit, c.relname, c.relnamespace::regnamespace as place
      from pg_attribute a
      join pg_class c on c.oid = a.attrelid
     where a.attname = 'code' and c.relkind = 'r' and c.relname like '%\_aud'
       and c.relnamespace in ('ref'::regnamespace, 'raw'::regnamespace, 'curated'::regnamespace)
  loop
    execute format('drop index %1$s.%2$I, %1$s.%3$I, %1$s.%4$I, %1$s.%5$I', past.place,
      past.relname || '_holds', past.relname || '_created', past.relname || '_open', past.relname || '_changes');
    if past.place <> 'raw'::regnamespace then
      execute format('create index %I on %s (rev)', past.relname || '_rev', past.audit);
    end if;
  end loop;
end
$$;
drop function ref.index_past(regclass);
