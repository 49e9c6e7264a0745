drop function ref.find_locked(anyelement, text, text);

do $$
declare
  audit regclass;
  name text;
  place text;
  one text;
  cut text;
  lasting text;
  ending text;
begin
  for audit, name, place in
    select c.oid, c.relname, c.relnamespace::regnamespace
      from pg_class c
     where c.relkind = 'r' and c.relname like '%\_aud' and c.relnamespace in ('ref'::regnamespace, 'raw'::regnamespace, 'curated'::regnamespace)
     order by c.oid
  loop
    execute format('drop trigger end_states on %s', audit);
    execute format('drop function %s.%I', place, 'end_states_' || name);
    cut := '';
    lasting := 'o.revend is null';
    ending := '';
    for one in
      select a.attname
        from pg_attribute a
       where a.attrelid = audit and a.attname like '%\_until' and not a.attisdropped
       order by a.attnum
    loop
      cut := cut || format(', %1$I = case when o.%1$I = 2147483647 and (w.revtype = 2 or w.%1$I is not null) then w.rev else o.%1$I end',
        one);
      lasting := lasting || format(' or o.%I = 2147483647', one);
      ending := ending || format(' or o.%1$I = 2147483647 and w.%1$I is not null', one);
    end loop;
    if cut <> '' then
      execute format(
        $f$
    create function %1$s.%2$I() returns trigger
      language plpgsql
      set enable_hashjoin = off
      set enable_mergejoin = off
    as $body$
    begin
      if exists (select from written w where w.revtype <> 0) then
        update %3$s o
           set %4$s
          from written w
         where w.revtype <> 0 and o.id = w.id and o.rev < w.rev and (%5$s)
           and (%6$s or w.revtype = 2);
      end if;
      return null;
    end
    $body$
    $f$,
        place, 'end_runs_' || name, audit, substr(cut, 3), lasting, substr(ending, 5));
      execute format('comment on function %s.%I() is %L', place, 'end_runs_' || name, 'Ends the runs of values that new states take over');
      execute format(
        'create trigger end_runs after insert on %s referencing new table as written for each statement execute function %s.%I()',
        audit, place, 'end_runs_' || name);
    end if;
  end loop;
end
$$;

drop function ref.end_states(regclass);
