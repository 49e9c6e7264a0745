do $$
declare
  marked record;
begin
  for marked in
    select t.tgrelid::regclass as audit, t.tgfoid::regprocedure as marks
      from pg_trigger t
     where t.tgname = 'mark_changed'
  loop
    execute format('drop trigger mark_changed on %s', marked.audit);
    execute format('drop function %s', marked.marks);
    -- Its indexes go with it.
    execute format('alter table %s drop column folded_name, drop column renamed, drop column changed', marked.audit);
  end loop;
end
$$;
drop function ref.index_past_values(regclass, text[]);
