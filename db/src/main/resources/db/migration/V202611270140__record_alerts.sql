-- Why:    what needs the attention of an operator opens and closes as an alert, stays on record, and is sent to receivers from
--         an outbox that is written in the same transaction.
-- Locks:  none that anyone holds yet; rows: none.
-- Undo:   db/undo/V202611270140__record_alerts.sql

-- A row begins as PENDING when the bound of a rule is passed, and is deleted if that does not last. `rising_since` and
-- `falling_since` say since when the value has been that of another severity, which is taken over after some time.
create table performance_monitoring.alert (
  id            uuid primary key default uuidv7(),
  began_at      timestamptz not null,
  opened_at     timestamptz,
  closed_at     timestamptz,
  seen_at       timestamptz not null,
  rising_since  timestamptz,
  falling_since timestamptz,
  value         double precision not null,
  state         text not null check (state in ('PENDING', 'OPEN', 'CLOSED')),
  severity      text not null check (severity in ('NONE', 'WARNING', 'CRITICAL')),
  rising_to     text check (rising_to in ('WARNING', 'CRITICAL')),
  falling_to    text check (falling_to in ('NONE', 'WARNING')),
  notified      text not null default 'NONE' check (notified in ('NONE', 'WARNING', 'CRITICAL')),
  rule          text not null,
  fingerprint   text not null,
  node          text,
  reason        text not null,
  look          text not null,
  labels        jsonb not null,
  check ((state = 'PENDING') = (opened_at is null)),
  check ((state = 'CLOSED') = (closed_at is not null)),
  check ((state = 'PENDING') = (severity = 'NONE'))
);
create unique index alert_unclosed on performance_monitoring.alert (fingerprint) where state <> 'CLOSED';
create index alert_opened on performance_monitoring.alert (opened_at, id) where state <> 'PENDING';
create index alert_closed on performance_monitoring.alert (closed_at) where state = 'CLOSED';
comment on table performance_monitoring.alert is
  'What needs, or needed, the attention of an operator; one row from its opening to its closing';
comment on column performance_monitoring.alert.began_at is 'When the bound of the rule was passed';
comment on column performance_monitoring.alert.seen_at is 'When the rule was last looked at';
comment on column performance_monitoring.alert.value is 'The last value, in the unit of the rule; of a closed alert the last bad one';
comment on column performance_monitoring.alert.severity is 'WARNING or CRITICAL; of a closed alert its last one; NONE while it is pending';
comment on column performance_monitoring.alert.notified is 'The severity that receivers were told last; NONE if they were not, or were told that it is over';
comment on column performance_monitoring.alert.fingerprint is 'A hash of the rule and of the labels';
comment on column performance_monitoring.alert.node is 'The node that looks at it; null if any node does';
comment on column performance_monitoring.alert.look is 'The address that shows more';
comment on column performance_monitoring.alert.labels is 'What it is about: a dataset, a task, a node';

-- What operators have changed of a rule; null: as it is in the code.
create table performance_monitoring.alert_rule (
  changed_at  timestamptz not null default clock_timestamp(),
  open_after  interval check (open_after >= interval '0'),
  close_after interval check (close_after >= interval '0'),
  warning     double precision,
  critical    double precision,
  margin      double precision check (margin >= 0 and margin < 1),
  enabled     boolean not null default true,
  rule        text primary key
);
comment on table performance_monitoring.alert_rule is 'What operators have changed of the rules of alerts; null: as it is in the code';
comment on column performance_monitoring.alert_rule.margin is
  'How much better than its bound a value must be to close the alert, as a share of the bound';

create table performance_monitoring.alert_silence (
  id         uuid primary key default uuidv7(),
  created_at timestamptz not null default clock_timestamp(),
  until      timestamptz not null,
  author     text not null,
  reason     text not null,
  matchers   jsonb not null check (jsonb_typeof(matchers) = 'object' and matchers <> '{}')
);
create index alert_silence_until on performance_monitoring.alert_silence (until);
comment on table performance_monitoring.alert_silence is
  'Alerts that are not sent for some time: those that have all labels of `matchers`';

-- `target` is a hash of the kind and the address of a receiver: the settings have the address, which may hold a secret.
create table performance_monitoring.alert_delivery (
  id         uuid primary key default uuidv7(),
  alert_id   uuid not null references performance_monitoring.alert on delete cascade,
  created_at timestamptz not null default clock_timestamp(),
  due_at     timestamptz not null default clock_timestamp(),
  ended_at   timestamptz,
  attempts   integer not null default 0,
  status     integer,
  state      text not null default 'WAITING' check (state in ('WAITING', 'SENT', 'GIVEN_UP')),
  target     text not null,
  detail     text,
  body       text not null,
  check ((state = 'WAITING') = (ended_at is null))
);
create index alert_delivery_alert on performance_monitoring.alert_delivery (alert_id, target, id);
create index alert_delivery_waiting on performance_monitoring.alert_delivery (target, due_at) where state = 'WAITING';
comment on table performance_monitoring.alert_delivery is
  'The outbox of alerts: one row for each change of an alert and each receiver';
comment on column performance_monitoring.alert_delivery.status is 'The HTTP status of the last answer; null if there was none';

create table performance_monitoring.alert_target (
  sent_at    timestamptz,
  stopped_at timestamptz,
  target     text primary key,
  name       text not null,
  detail     text
);
comment on table performance_monitoring.alert_target is 'The receivers of alerts, and what came of the last delivery to each';
comment on column performance_monitoring.alert_target.stopped_at is
  'When it answered 410: nothing is sent to it until a server is started again';

create view performance_monitoring.open_alerts as
select a.rule, a.severity, a.opened_at, a.labels, a.value, a.reason, a.look, a.node, a.notified
  from performance_monitoring.alert a
 where a.state = 'OPEN'
 order by a.severity, a.opened_at;
comment on view performance_monitoring.open_alerts is 'The alerts that are open, critical ones first';

do $$
begin
  if exists (select from pg_roles where rolname = 'refdata_operator') then
    grant select on performance_monitoring.alert, performance_monitoring.alert_rule, performance_monitoring.alert_silence,
      performance_monitoring.alert_delivery, performance_monitoring.alert_target, performance_monitoring.open_alerts
      to refdata_operator;
  end if;
end
$$;
