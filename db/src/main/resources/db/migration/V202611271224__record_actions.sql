-- Why:    what operators do leaves no revision: each action is on record with who did it, why, and in which request.
-- Locks:  none that anyone holds yet; rows: none.
-- Undo:   db/undo/V202611271224__record_actions.sql

-- A row is written before the action, so that none is done without one; `status` follows when it is over.
create table performance_monitoring.action (
  id         bigint      generated always as identity primary key,
  at         timestamptz not null default clock_timestamp(),
  status     integer,
  action     text        not null,
  method     text        not null,
  path       text        not null,
  by         text        not null,
  reason     text,
  request_id text
);
create index action_at on performance_monitoring.action (at);
comment on table performance_monitoring.action is 'What was asked of the server that leaves no revision: by whom, why, in which request';
comment on column performance_monitoring.action.action is 'The name of the address, such as MAINTENANCE';
comment on column performance_monitoring.action.status is
  'The HTTP status of the answer; null while it is under way, or if the server ended before it was over';
comment on column performance_monitoring.action.request_id is 'The X-Request-Id of the request';

do $$
begin
  if exists (select from pg_roles where rolname = 'refdata_operator') then
    grant select on performance_monitoring.action to refdata_operator;
  end if;
end
$$;
