package io.refdata.persistence.signal;

import io.refdata.persistence.signal.SignalRun.State;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The signals that are due: their source has a revision that they have not seen. One whose source
 * is the target of another that is due waits for that one. A server claims a signal for some time
 * and renews the claim while it works; if it dies, the run is begun again.
 */
@Dependent
public class SignalQueue {
  private final Jdbi jdbi;
  private final Duration lease;
  private final int tries;
  private final long kept;

  @Inject
  public SignalQueue(Jdbi jdbi) {
    this(
        jdbi,
        Setting.SIGNALS_LEASE.time(),
        (int) Setting.SIGNALS_TRIES.number(),
        Setting.SIGNALS_RUNS.number());
  }

  /**
   * @param lease how long a claim lasts
   * @param tries after so many a run fails
   * @param kept how many runs of a signal are kept
   */
  SignalQueue(Jdbi jdbi, Duration lease, int tries, long kept) {
    this.jdbi = jdbi;
    this.lease = lease;
    this.tries = tries;
    this.kept = kept;
  }

  /**
   * A claimed signal.
   *
   * @param run the number of the run
   * @param attempt how many times the run was begun, this one included
   * @param cause the revision of the source that it runs for
   * @param keptFrom what retention has left of the target begins here; null if it removed nothing
   */
  public record Claimed(
      Signal signal, long run, int attempt, int cause, @Nullable Instant keptFrom) {}

  /** Holds for a run that goes on: that of a signal which was deleted since is gone with it. */
  private static final String IS_RUNNING =
      """
       and exists (select from curated.signal_run r
                    where r.id = :run and r.signal = :code and r.state = 'RUNNING')\
      """;

  /** Claims at most so many signals. Those that were begun too often fail. */
  public List<Claimed> claim(int most) {
    return jdbi.inTransaction(
        handle -> {
          List<Claimed> claimed = new ArrayList<>();
          for (Claimed one : due(handle, most)) {
            if (one.attempt() > tries) {
              end(handle, one, State.FAILED, 0, null, "It was begun too often and came to no end.");
            } else {
              claimed.add(one);
            }
          }
          return claimed;
        });
  }

  private List<Claimed> due(Handle handle, int most) {
    return handle
        .createQuery(
            """
            with due as (
              select s.code, s.source_id, s.target_id, l.rev, l.load_id
                from curated.signal s
               cross join lateral (
                     select r.rev, r.load_id
                       from ref.revision r
                      where r.topic = s.source_id and r.at is not null
                      order by r.at desc, r.rev desc
                      limit 1) l
               where s.seen is distinct from l.rev),
            chosen as (
              select c.code
                from curated.signal c
                join due d on d.code = c.code
               where (c.claimed_until is null or c.claimed_until < clock_timestamp())
                 and not exists (select from due o where o.target_id = d.source_id)
               order by c.code
               limit :most
                 for update of c skip locked),
            claimed as (
              update curated.signal s
                 set claimed_until = clock_timestamp() + interval '1 ms' * :lease
                from chosen c
               where s.code = c.code
              returning s.*),
            begun as (
              insert into curated.signal_run as r (signal, cause, load_id)
              select d.code, d.rev, d.load_id from due d join chosen c on c.code = d.code
              on conflict (signal) where state = 'RUNNING' do update
                 set tries = r.tries + 1, cause = excluded.cause, load_id = excluded.load_id
              returning r.id, r.tries, r.cause, r.signal)
            select s.code, s.version, s.name, f.code as source, t.code as target, s.calculation, s.written_at, s.by,
                   b.id as run, b.tries as attempt, b.cause,
                   (select max(r.upper) from curated.retired_partition r
                     where r.dataset_id = s.target_id) as kept_from
              from claimed s
              join begun b on b.signal = s.code
              join curated.dataset f on f.id = s.source_id
              join curated.dataset t on t.id = s.target_id
            """)
        .bind("most", most)
        .bind("lease", lease.toMillis())
        .map(
            (row, context) ->
                new Claimed(
                    Signals.read(row, context),
                    row.getLong("run"),
                    row.getInt("attempt"),
                    row.getInt("cause"),
                    instant(row.getObject("kept_from", OffsetDateTime.class))))
        .list();
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /** Renews a claim. */
  public void renew(Claimed claimed) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    update curated.signal set claimed_until = clock_timestamp() + interval '1 ms' * :lease
                     where code = :code and claimed_until is not null\
                    """
                        + IS_RUNNING)
                .bind("run", claimed.run())
                .bind("lease", lease.toMillis())
                .bind("code", claimed.signal().code().value())
                .execute());
  }

  /**
   * Records that a run is complete.
   *
   * @param rows how many observations it wrote
   * @param result the revision of the target; null if it wrote none
   */
  public void complete(Claimed claimed, long rows, @Nullable Integer result) {
    jdbi.useTransaction(handle -> end(handle, claimed, State.COMPLETED, rows, result, null));
  }

  /** Records why a run came to nothing; it is not begun again before the next change. */
  public void fail(Claimed claimed, String message) {
    jdbi.useTransaction(handle -> end(handle, claimed, State.FAILED, 0, null, message));
  }

  private void end(
      Handle handle,
      Claimed claimed,
      State state,
      long rows,
      @Nullable Integer result,
      @Nullable String message) {
    handle
        .createUpdate(
            """
            update curated.signal
               set claimed_until = null, seen = case when version = :version then :cause else seen end
             where code = :code\
            """
                + IS_RUNNING)
        .bind("run", claimed.run())
        .bind("version", claimed.signal().version())
        .bind("cause", claimed.cause())
        .bind("code", claimed.signal().code().value())
        .execute();
    handle
        .createUpdate(
            """
            update curated.signal_run
               set state = :state, rows = :rows, result = :result, message = :message, finished_at = clock_timestamp()
             where id = :id and state = 'RUNNING'
            """)
        .bind("state", state)
        .bind("rows", rows)
        .bind("result", result)
        .bind("message", message)
        .bind("id", claimed.run())
        .execute();
    handle
        .createUpdate(
            """
            delete from curated.signal_run
             where signal = :code
               and id <= (select o.id from curated.signal_run o
                           where o.signal = :code order by o.id desc offset :kept limit 1)
            """)
        .bind("code", claimed.signal().code().value())
        .bind("kept", kept)
        .execute();
  }

  /**
   * Gives a claim back: the run is begun again later, and this was no try.
   *
   * @param wait how long it waits at least
   */
  public void release(Claimed claimed, Duration wait) {
    jdbi.useTransaction(
        handle -> {
          handle
              .createUpdate(
                  """
                  update curated.signal set claimed_until = clock_timestamp() + interval '1 ms' * :wait
                   where code = :code\
                  """
                      + IS_RUNNING)
              .bind("run", claimed.run())
              .bind("wait", wait.toMillis())
              .bind("code", claimed.signal().code().value())
              .execute();
          handle.execute(
              "update curated.signal_run set tries = tries - 1 where id = ? and state = 'RUNNING'",
              claimed.run());
        });
  }
}
