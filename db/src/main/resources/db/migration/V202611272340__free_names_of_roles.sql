-- Why:    the names of roles stand in the code, in one place; a list of them here would have to be changed with each new role.
-- Locks:  ACCESS EXCLUSIVE on ref.api_key for a moment; rows: the keys are read once (some hundreds).
-- Undo:   db/undo/V202611272340__free_names_of_roles.sql

-- A name that a server doesn't know gives no right there.
alter table ref.api_key
  drop constraint api_key_roles_check,
  add constraint api_key_roles_check check (cardinality(roles) > 0 and array_position(roles, null) is null);
comment on column ref.api_key.roles is 'What it may do: names of io.refdata.access.Role';
