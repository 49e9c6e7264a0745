-- Why:    machines and the tools of analysts cannot get tokens of an issuer: an operator gives them keys, with roles and an end
--         (docs/adr/042).
-- Locks:  none that anyone holds yet; rows: none.
-- Undo:   db/undo/V202611271220__create_api_key.sql

-- The text of a key is not here: it is `rdk_` and 256 random bits, shown once to whoever made it. A hash of so many random
-- bits cannot be turned round by trying, so it needs no salt and no slow hash. A row stays when its key has ended, so that no
-- other key gets its name while revisions name it as their author.
create table ref.api_key (
  id         integer     generated always as identity primary key,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  used_at    timestamptz,
  revoked_at timestamptz,
  name       text        not null unique check (name ~ '^[A-Za-z0-9_@$-]{1,64}$'),
  prefix     text        not null check (length(prefix) = 8),
  created_by text        not null,
  revoked_by text,
  roles      text[]      not null check (roles <> '{}' and roles <@ array['READER', 'EDITOR', 'LOADER', 'OPERATOR']),
  hash       bytea       not null unique check (length(hash) = 32),
  check (expires_at > created_at),
  check ((revoked_at is null) = (revoked_by is null))
);
comment on table ref.api_key is 'The keys that machines and tools send instead of a token; ended ones stay on record';
comment on column ref.api_key.used_at is 'When it was last used, to a minute; null if never';
comment on column ref.api_key.prefix is 'The first 8 characters after rdk_, by which people know a key';
comment on column ref.api_key.hash is 'The SHA-256 of the whole text';

-- Whoever looks after the database by psql sees the keys, but not their hashes.
do $$
begin
  if exists (select from pg_roles where rolname = 'refdata_operator') then
    grant select (id, created_at, expires_at, used_at, revoked_at, name, prefix, created_by, revoked_by, roles)
      on ref.api_key to refdata_operator;
  end if;
end
$$;
