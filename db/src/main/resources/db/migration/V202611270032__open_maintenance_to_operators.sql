-- Why:    operators with psql look after the database too: role refdata_operator reads the figures, measures queries, creates
--         partitions, and asks the server for what no function can do (docs/adr/033).
-- Locks:  none that anyone holds for long; rows: none. Creates the role if it may; else a superuser creates it.
-- Undo:   db/undo/V202611270032__open_maintenance_to_operators.sql

create function performance_monitoring.schedule_maintenance(task text, every interval default null) returns timestamptz
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  due timestamptz;
begin
  if schedule_maintenance.every not between interval '1 minute' and interval '366 days' then
    raise exception 'A task runs at most once a minute, and at least once in 366 days.';
  end if;
  update performance_monitoring.schedule s
     set every = coalesce(schedule_maintenance.every, s.every),
         due_at = case when schedule_maintenance.every is null then clock_timestamp()
                       else greatest(clock_timestamp(), coalesce(s.began_at, clock_timestamp()) + schedule_maintenance.every) end
   where s.task = schedule_maintenance.task
  returning s.due_at into due;
  if not found then
    raise exception 'There is no task %; there are: %', schedule_maintenance.task,
      (select string_agg(s.task, ', ' order by s.task) from performance_monitoring.schedule s);
  end if;
  return due;
end
$$;
comment on function performance_monitoring.schedule_maintenance is
  'Has the server run a task now, or from now on at other times: schedule_maintenance(''VACUUM'', ''6 hours''). Answers when '
  'it is due; the server looks each half minute, and performance_monitoring.optimization_log has what it did';

create function performance_monitoring.create_partitions(dataset text, ahead integer default null)
  returns table (leaf text, lower timestamptz, upper timestamptz)
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  found_dataset curated.dataset;
  span interval;
  start timestamp;
begin
  if create_partitions.ahead not between 1 and 100 then
    raise exception 'From 1 to 100 partitions can be created ahead.';
  end if;
  select * into found_dataset from curated.dataset d where d.code = create_partitions.dataset;
  if not found then
    raise exception 'There is no dataset %.', create_partitions.dataset;
  end if;
  -- Whoever defines the dataset anew holds this lock.
  perform pg_advisory_xact_lock(20263, found_dataset.id);
  select * into strict found_dataset from curated.dataset d where d.id = found_dataset.id;
  span := case found_dataset.interval when 'QUARTER' then interval '3 months' else ('1 ' || found_dataset.interval)::interval end;
  start := coalesce((select max(s.latest) from curated.series s where s.dataset_id = found_dataset.id), now()) at time zone 'UTC';
  for n in 1 .. coalesce(create_partitions.ahead, found_dataset.premake) loop
    start := date_trunc(found_dataset.interval, start) + span;
    if curated.attach_partition(found_dataset.id, start at time zone 'UTC') then
      return query
        select p.leaf, p.lower, p.upper from curated.partition p
         where p.dataset_id = found_dataset.id and p.kind = 'VALUE'
           and p.lower <= start at time zone 'UTC' and p.upper > start at time zone 'UTC';
    end if;
  end loop;
  -- Planning a statement over many more takes longer than running it; the server has the same bound.
  if (select count(*) from curated.partition p where p.dataset_id = found_dataset.id and p.kind = 'VALUE') > 1000 then
    raise exception 'A dataset has at most 1,000 partitions.';
  end if;
end
$$;
comment on function performance_monitoring.create_partitions is
  'Creates the partitions of a dataset that follow its latest observation, or now if it has none: as many as asked for, or as '
  'its premake says. It runs at once, within the transaction; answers with those that were not there';

create function performance_monitoring.create_monthly_partitions(dataset text, months integer)
  returns table (leaf text, lower timestamptz, upper timestamptz)
  language plpgsql
as $$
declare
  found_interval text := (select d.interval from curated.dataset d where d.code = create_monthly_partitions.dataset);
begin
  if found_interval <> 'MONTH' then
    raise exception 'The partitions of dataset % are not months; its interval is %.',
      create_monthly_partitions.dataset, found_interval;
  end if;
  return query select * from performance_monitoring.create_partitions(
    create_monthly_partitions.dataset, create_monthly_partitions.months);
end
$$;
comment on function performance_monitoring.create_monthly_partitions is
  'The same as create_partitions, for datasets whose interval is MONTH; others are refused';

create function performance_monitoring.drop_old_partitions(dataset text)
  returns table (leaf text, lower timestamptz, upper timestamptz)
  language plpgsql
as $$
declare
  found_dataset curated.dataset;
begin
  select * into found_dataset from curated.dataset d where d.code = drop_old_partitions.dataset;
  if not found then
    raise exception 'There is no dataset %.', drop_old_partitions.dataset;
  elsif found_dataset.retention is null then
    raise exception 'Dataset % has no retention: its observations stay for ever.', drop_old_partitions.dataset;
  end if;
  perform performance_monitoring.schedule_maintenance('PARTITIONS');
  return query
    select p.leaf, p.lower, p.upper
      from curated.partition p
     where p.dataset_id = found_dataset.id
       and p.upper <= date_trunc(found_dataset.interval, now() at time zone 'UTC' - found_dataset.retention::interval)
                      at time zone 'UTC'
     order by p.lower, p.kind;
end
$$;
comment on function performance_monitoring.drop_old_partitions is
  'Answers with the tables of a dataset that are older than its retention, and has the server remove them as the dataset says, '
  'with those of all other datasets (task PARTITIONS): no function can detach a partition without locks';

-- A cursor takes one query and nothing else. All of it is in a subtransaction that can only read and is rolled back, so
-- the transaction of the caller can write afterwards.
create function performance_monitoring.benchmark_query_detailed(
    sql text, runs integer default 10, at_most interval default '1 minute')
  returns table (
    runs_done integer, rows bigint, min_ms double precision, mean_ms double precision, p50_ms double precision,
    p95_ms double precision, max_ms double precision, plan_cost double precision)
  language plpgsql
as $$
declare
  found_row record;
  plan json;
  begun timestamptz;
  ends timestamptz := clock_timestamp() + at_most;
  times double precision[] := '{}';
begin
  if runs is null or runs not between 1 and 1000 then
    raise exception 'runs must be from 1 to 1000';
  elsif at_most is null or at_most not between interval '0' and interval '10 minutes' then
    raise exception 'at_most must be from 0 to 10 minutes';
  end if;
  begin
    perform set_config('transaction_read_only', 'on', true);
    while cardinality(times) < runs and (times = '{}' or clock_timestamp() < ends) loop
      rows := 0;
      begun := clock_timestamp();
      for found_row in execute sql loop
        rows := rows + 1;
        if rows % 1000 = 0 and clock_timestamp() > ends then
          raise exception 'The query took longer than %.', at_most;
        end if;
      end loop;
      times := times || (extract(epoch from clock_timestamp() - begun) * 1000)::double precision;
    end loop;
    execute 'explain (format json) ' || sql into plan;
    raise sqlstate 'RDEND';
  exception when sqlstate 'RDEND' then
    null;
  end;
  runs_done := cardinality(times);
  plan_cost := (plan -> 0 -> 'Plan' ->> 'Total Cost')::double precision;
  select min(t), avg(t), percentile_disc(0.5) within group (order by t), percentile_disc(0.95) within group (order by t), max(t)
    into min_ms, mean_ms, p50_ms, p95_ms, max_ms
    from unnest(times) t;
  return next;
end
$$;
comment on function performance_monitoring.benchmark_query_detailed is
  'Runs a query some times, at once and with the rights of who calls it, and says how long it took. It can only read. No run '
  'begins after at_most, and one that still gives rows then is cut off; statement_timeout bounds the rest';

-- These act with the rights of the owner.
revoke execute on function performance_monitoring.schedule_maintenance(text, interval),
  performance_monitoring.create_partitions(text, integer) from public;

create function performance_monitoring.grant_to_operators() returns boolean
  language plpgsql
as $$
begin
  if not exists (select from pg_roles where rolname = 'refdata_operator') then
    return false;
  end if;
  grant usage on schema performance_monitoring, ref, curated to refdata_operator;
  grant select on all tables in schema performance_monitoring, ref, curated to refdata_operator;
  alter default privileges in schema performance_monitoring, ref, curated grant select on tables to refdata_operator;
  grant execute on function performance_monitoring.schedule_maintenance(text, interval),
    performance_monitoring.create_partitions(text, integer) to refdata_operator;
  return true;
end
$$;
revoke execute on function performance_monitoring.grant_to_operators() from public;
comment on function performance_monitoring.grant_to_operators is
  'Gives role refdata_operator its rights; false if there is no such role. The owner calls it after the role was created';

do $$
begin
  if not exists (select from pg_roles where rolname = 'refdata_operator')
     and exists (select from pg_roles where rolname = current_user and (rolsuper or rolcreaterole)) then
    begin
      create role refdata_operator nologin;
    exception when duplicate_object or unique_violation then
      null; -- another database of this server is migrated at the same time
    end;
  end if;
  perform performance_monitoring.grant_to_operators();
end
$$;
