package io.refdata.persistence.signal;

import io.refdata.persistence.signal.SignalRun.State;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The signals that are due: something that they are made of has a revision that they have not seen.
 * One that is made of what another that is due will write waits for that one, also if there are
 * others between them. A server claims a signal for some time and renews the claim while it works;
 * if it dies, the run is begun again.
 */
@Dependent
public class SignalQueue {
  private final Jdbi jdbi;
  private final Duration lease;
  private final int tries;
  private final long kept;
  private final Duration patience;

  @Inject
  public SignalQueue(Jdbi jdbi) {
    this(
        jdbi,
        Setting.SIGNALS_LEASE.time(),
        (int) Setting.SIGNALS_TRIES.number(),
        Setting.SIGNALS_RUNS.number(),
        Setting.SIGNALS_PATIENCE.time());
  }

  /**
   * @param lease how long a claim lasts
   * @param tries after so many a run fails
   * @param kept how many runs of a signal are kept
   * @param patience how long a run is put off before it fails
   */
  SignalQueue(Jdbi jdbi, Duration lease, int tries, long kept, Duration patience) {
    this.jdbi = jdbi;
    this.lease = lease;
    this.tries = tries;
    this.kept = kept;
    this.patience = patience;
  }

  /**
   * A claimed signal.
   *
   * @param run the number of the run
   * @param attempt how many times the run was begun, this one included
   * @param cause the revision that it runs for
   * @param changed the code of the dataset that has this revision; null if it is the reference data
   * @param seen the revision of each of its topics that the run will have seen; null where there is
   *     none
   * @param startedAt when the run was begun first
   */
  public record Claimed(
      Signal signal,
      long run,
      int attempt,
      int cause,
      @Nullable String changed,
      List<@Nullable Integer> seen,
      Instant startedAt) {}

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
            Signals.sql(
                """
                with recursive due as (
                  select s.code, s.topics, s.target_id, k.seen, k.newest[1][1] as topic, k.newest[1][2] as rev
                    from curated.signal s
                   cross join lateral (
                         select array_agg(r.rev order by t.n) as seen,
                                array_agg(array[t.topic, r.rev] order by r.at desc, r.rev desc)
                                  filter (where r.rev is not null and r.rev is distinct from s.seen[t.n]) as newest
                           from unnest(s.topics) with ordinality as t (topic, n)
                           left join lateral (
                                select o.rev, o.at
                                  from ref.revision o
                                 where o.topic = t.topic and o.at is not null
                                 order by o.at desc, o.rev desc
                                 limit 1) r on true) k
                   where k.newest is not null),
                made (id) as (
                  select d.target_id from due d
                  union
                  select s.target_id from curated.signal s join made m on m.id = any (s.topics)),
                chosen as (
                  select c.code
                    from curated.signal c
                    join due d on d.code = c.code
                   where (c.claimed_until is null or c.claimed_until < clock_timestamp())
                     and not exists (select from made m where m.id = any (d.topics))
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
                  insert into curated.signal_run as r (signal, topic, cause, load_id)
                  select d.code, d.topic, d.rev, v.load_id
                    from due d
                    join chosen c on c.code = d.code
                    join ref.revision v on v.rev = d.rev
                  on conflict (signal) where state = 'RUNNING' do update
                     set tries = r.tries + 1, topic = excluded.topic, cause = excluded.cause, load_id = excluded.load_id
                  returning r.id, r.tries, r.topic, r.cause, r.signal, r.started_at)
                select <columns>, b.id as run, b.tries as attempt, b.cause, b.started_at, d.seen as revisions,
                       (select o.code from curated.dataset o where o.id = b.topic) as changed
                  from claimed s
                  join begun b on b.signal = s.code
                  join due d on d.code = s.code
                  join curated.dataset f on f.id = s.source_id
                  join curated.dataset t on t.id = s.target_id
                """))
        .bind("most", most)
        .bind("lease", lease.toMillis())
        .map(
            (row, context) ->
                new Claimed(
                    Signals.read(row, context),
                    row.getLong("run"),
                    row.getInt("attempt"),
                    row.getInt("cause"),
                    row.getString("changed"),
                    Arrays.asList((Integer[]) row.getArray("revisions").getArray()),
                    row.getObject("started_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /**
   * Keeps the signal of a run as it is until the transaction ends: to be called in the one in which
   * the run writes. Who writes the signal locks the run, too; to lock the signal would keep the
   * claim from being renewed.
   *
   * @throws SignalOutdated if the signal is another by now, or gone
   */
  public static void hold(Handle handle, Claimed claimed) {
    boolean runs =
        handle
            .createQuery(
                "select r.id from curated.signal_run r where r.id = :run and r.state = 'RUNNING'"
                    + " for key share")
            .bind("run", claimed.run())
            .mapTo(Long.class)
            .findOne()
            .isPresent();
    // A statement of its own: it sees what was committed while the one before waited.
    boolean same =
        runs
            && handle
                .createQuery(
                    "select exists (select from curated.signal s where s.code = :code and s.version"
                        + " = :version)")
                .bind("code", claimed.signal().code().value())
                .bind("version", claimed.signal().version())
                .mapTo(Boolean.class)
                .one();
    if (!same) {
      throw new SignalOutdated();
    }
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
               set claimed_until = null, seen = case when version = :version then :seen else seen end
             where code = :code\
            """
                + IS_RUNNING)
        .bind("run", claimed.run())
        .bind("version", claimed.signal().version())
        .bindArray("seen", Integer.class, claimed.seen())
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

  /** Gives a claim back, as it can't be worked at here: that was no try. */
  public void release(Claimed claimed) {
    jdbi.useTransaction(handle -> release(handle, claimed, Duration.ZERO));
  }

  /**
   * Puts a run off, since something that it needs is locked or not there: that was no try. One that
   * was put off again and again for too long fails; if it worked for longer than its lease since it
   * was put off last, that begins anew.
   *
   * @param wait how long at least
   * @param reason why, as a sentence
   * @return whether it has failed
   */
  public boolean putOff(Claimed claimed, Duration wait, String reason) {
    return jdbi.inTransaction(
        handle -> {
          boolean over =
              handle
                  .createQuery(
                      """
                      update curated.signal_run
                         set waits_since = case when waited_at + interval '1 ms' * :lease > clock_timestamp()
                                                then waits_since else clock_timestamp() end,
                             waited_at = clock_timestamp()
                       where id = :id and state = 'RUNNING'
                      returning waits_since + interval '1 ms' * :patience <= clock_timestamp()
                      """)
                  .bind("id", claimed.run())
                  .bind("lease", lease.toMillis())
                  .bind("patience", patience.toMillis())
                  .mapTo(Boolean.class)
                  .findOne()
                  .orElse(false);
          if (over) {
            end(
                handle,
                claimed,
                State.FAILED,
                0,
                null,
                "It was put off for %s. %s".formatted(patience, reason));
          } else {
            release(handle, claimed, wait);
          }
          return over;
        });
  }

  private static void release(Handle handle, Claimed claimed, Duration wait) {
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
  }
}
