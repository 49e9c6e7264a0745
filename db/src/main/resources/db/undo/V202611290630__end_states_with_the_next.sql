drop function ref.find_locked(anyelement, text, text);

-- The triggers that end runs of values are those that end states, without what these do besides.
do $$
declare
  audit record;
  definition text;
begin
  for audit in
    select c.oid::regclass as name, c.relnamespace::regnamespace as place, c.relname as plain,
           exists (select from pg_attribute a
                    where a.attrelid = c.oid and a.attname like '%\_until' and not a.attisdropped) as has_runs
      from pg_class c
     where c.relkind = 'r' and c.relname like '%\_aud' and c.relnamespace in ('ref'::regnamespace, 'raw'::regnamespace, 'curated'::regnamespace)
  loop
    definition := pg_get_functiondef(format('%s.%I', audit.place, 'end_states_' || audit.plain)::regproc);
    execute format('drop trigger end_states on %s', audit.name);
    execute format('drop function %s.%I()', audit.place, 'end_states_' || audit.plain);
    if audit.has_runs then
      definition := replace(definition, 'end_states_', 'end_runs_');
      definition := replace(definition, 'set revend = coalesce(o.revend, w.rev), ', 'set ');
      execute replace(definition, E'\n           and (o.revend is null or ', E'\n           and (');
      execute format('comment on function %s.%I() is %L', audit.place, 'end_runs_' || audit.plain,
        'Ends the runs of values that new states take over');
      execute format(
        'create trigger end_runs after insert on %s referencing new table as written for each statement execute function %s.%I()',
        audit.name, audit.place, 'end_runs_' || audit.plain);
    end if;
  end loop;
end
$$;

drop function ref.end_states(regclass);
