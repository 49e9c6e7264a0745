-- Why:    a token that was stolen is good until its `exp`: an operator can end it, or all tokens of a subject, before
--         (docs/adr/041).
-- Locks:  none that anyone holds yet; rows: none.
-- Undo:   db/undo/V202611272344__end_tokens.sql

-- Servers read all rows that are young enough, again every few seconds.
create table ref.token_ending (
  id      bigint      generated always as identity primary key,
  at      timestamptz not null default clock_timestamp(),
  by      text        not null,
  subject text        check (subject <> ''),
  jti     text        check (jti <> ''),
  reason  text,
  check (num_nonnulls(subject, jti) = 1)
);
create index token_ending_at on ref.token_ending (at);
comment on table ref.token_ending is 'Tokens that are not accepted any more, though their time is not over';
comment on column ref.token_ending.at is 'When they ended; of a subject, those that were issued before';
comment on column ref.token_ending.subject is 'The `sub` of the tokens, or the name that revisions have of their caller; null if one token ended';
comment on column ref.token_ending.jti is 'The `jti` of the token; null if all of a subject ended';

do $$
begin
  if exists (select from pg_roles where rolname = 'refdata_operator') then
    grant select on ref.token_ending to refdata_operator;
  end if;
end
$$;
