-- The releases before know four roles: a key keeps those of them that it has, and one that has none of them ends.
update ref.api_key
   set roles = case when roles && array['READER', 'EDITOR', 'LOADER', 'OPERATOR']
                    then array(select r from unnest(roles) r where r in ('READER', 'EDITOR', 'LOADER', 'OPERATOR'))
                    else array['READER'] end,
       revoked_at = case when roles && array['READER', 'EDITOR', 'LOADER', 'OPERATOR'] then revoked_at
                         else coalesce(revoked_at, clock_timestamp()) end,
       revoked_by = case when roles && array['READER', 'EDITOR', 'LOADER', 'OPERATOR'] then revoked_by
                         else coalesce(revoked_by, 'platform') end
 where not roles <@ array['READER', 'EDITOR', 'LOADER', 'OPERATOR'];
alter table ref.api_key
  drop constraint api_key_roles_check,
  add constraint api_key_roles_check check (roles <> '{}' and roles <@ array['READER', 'EDITOR', 'LOADER', 'OPERATOR']);
comment on column ref.api_key.roles is null;
