package io.refdata.persistence.load;

import io.refdata.domain.load.Load.State;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The queue of loads that have work left, with the results of their tries. Loads into the same
 * target are merged in the order in which they arrived: several may be staged at the same time, but
 * only the first is merged. Each call is a transaction of its own.
 */
@Dependent
public class LoadQueue {
  /**
   * The most loads into one target that are in staging at once, since staged rows take disk space
   * while they wait.
   */
  private static final int STAGED_AHEAD = 8;

  /** Far more than can run at a time. */
  private static final int MOST_AT_A_LOOK = 100;

  /** A lost connection is usually back at once; after longer trouble, tries become rarer. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 10;

  private final Jdbi jdbi;

  @Inject
  public LoadQueue(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A load that has work left.
   *
   * @param suspect true if the server has crashed before while it worked on the load
   */
  public record Due(long id, State state, boolean suspect) {
    private static Due read(ResultSet row, StatementContext context) throws SQLException {
      return new Due(row.getLong(1), State.valueOf(row.getString(2)), row.getInt(3) > 0);
    }
  }

  /**
   * The counts of a load's failed tries.
   *
   * @param outages the number of tries that the database or the machine ended
   * @param failures the number of tries that something else ended
   * @param pause the time until it is due again
   */
  public record Tries(int outages, int failures, Duration pause) {}

  /** The loads that can be staged, or merged, now; oldest first. */
  public List<Due> due() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id, state, crashes
                      from (select id, state, crashes, due_at,
                                   row_number() over (partition by target order by id) - 1 as before
                              from raw.load
                             where state in ('RECEIVED', 'STAGING', 'MERGING')) l
                     where (due_at is null or due_at <= clock_timestamp())
                       and (before = 0 or (state <> 'MERGING' and before < :ahead))
                     order by id
                     limit :most
                    """)
                .bind("ahead", STAGED_AHEAD)
                .bind("most", MOST_AT_A_LOOK)
                .map(Due::read)
                .list());
  }

  /** The loads that have ended, but whose staging tables are still there. */
  public List<Due> withStagingLeft() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select l.id, l.state, l.crashes
                      from raw.load l
                     where l.id in (
                       select substring(c.relname from '^load_(\\d+)_column$')::bigint
                         from pg_class c
                        where c.relnamespace = 'staging'::regnamespace and c.relkind = 'r')
                       and l.state in ('COMPLETED', 'FAILED', 'STOPPED')
                       and (l.due_at is null or l.due_at <= clock_timestamp())
                     order by l.id
                    """)
                .map(Due::read)
                .list());
  }

  /** True if an earlier load into the same target has not ended yet. */
  public boolean hasPredecessor(long id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select exists (
                      select
                        from raw.load l
                        join raw.load earlier on earlier.target = l.target and earlier.id < l.id
                       where l.id = :id and earlier.state in ('RECEIVED', 'STAGING', 'MERGING'))
                    """)
                .bind("id", id)
                .mapTo(Boolean.class)
                .one());
  }

  /** Records that a job begins to work on a load. */
  public void beginWork(long id) {
    execute("update raw.load set working = true, due_at = null where id = ?", id);
  }

  /** Records that no job works on a load any more. */
  public void endWork(long id) {
    execute("update raw.load set working = false where id = ? and working", id);
  }

  /**
   * Records that no job works on any load: the server shuts down in order, so this is not a crash.
   */
  public void endAllWork() {
    execute("update raw.load set working = false where working");
  }

  /**
   * Records that a try failed. The load is due again after a pause, which doubles from try to try.
   *
   * @param trouble the reason, for users who wait for the load
   */
  public Tries retryLater(long id, boolean outage, String trouble) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    update raw.load
                       set working = false, trouble = :trouble,
                           outages = outages + :outage, failures = failures + 1 - :outage,
                           due_at = clock_timestamp() + interval '1 ms' * least(
                             :longest, :first * power(2, least(outages + failures, :doublings)))
                     where id = :id
                    returning outages, failures,
                              extract(epoch from due_at - clock_timestamp()) * 1000
                    """)
                .bind("trouble", trouble)
                .bind("outage", outage ? 1 : 0)
                .bind("longest", LONGEST_PAUSE.toMillis())
                .bind("first", FIRST_PAUSE.toMillis())
                .bind("doublings", MOST_DOUBLINGS)
                .bind("id", id)
                .map(
                    (row, context) ->
                        new Tries(
                            row.getInt(1), row.getInt(2), Duration.ofMillis(1 + row.getLong(3))))
                .one());
  }

  /**
   * To be called when the server starts. If a job is still recorded as working on a load, the
   * server crashed meanwhile. A load to which that has happened too often is stopped, since it may
   * be the cause of the crashes.
   *
   * @return the number of loads that were stopped
   */
  public int countCrashes(int most) {
    int stopped = jdbi.inTransaction(handle -> countCrashes(handle, most));
    LoadCounts.ended(State.STOPPED, stopped);
    return stopped;
  }

  private static int countCrashes(Handle handle, int most) {
    handle.execute(
        """
        update raw.load
           set working = false,
               crashes = crashes + case when state in ('RECEIVED', 'STAGING', 'MERGING') then 1 else 0 end
         where working
        """);
    handle.execute("update raw.load set due_at = null where due_at is not null");
    return handle.execute(
        """
        update raw.load
           set state = 'STOPPED', finished_at = clock_timestamp(),
               message = format(
                 'The server ended %s times while this load was %s. Restart it to try it again.',
                 crashes, state)
         where crashes >= ? and state in ('RECEIVED', 'STAGING', 'MERGING')
        """,
        most);
  }

  private void execute(String sql, Object... bound) {
    jdbi.useHandle(handle -> handle.execute(sql, bound));
  }
}
