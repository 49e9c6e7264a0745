package io.refdata.persistence.load;

import io.refdata.domain.load.Load.State;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The loads that something is left to do for, and what became of each try. Into each target they go
 * in the order in which they came: they may be staged side by side, but only the first is merged.
 * Each call is a transaction of its own.
 */
@Dependent
public class LoadQueue {
  /** So many loads into one target stand in staging at most: what is staged waits on disk. */
  private static final int STAGED_AHEAD = 8;

  /** Far more than may be under way at a time. */
  private static final int MOST_AT_A_LOOK = 100;

  /**
   * A connection that was lost is there again at once; what takes longer is not asked for often.
   */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 10;

  private final Jdbi jdbi;

  @Inject
  public LoadQueue(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A load that something is left to do for.
   *
   * @param suspect whether the server has ended under it before
   */
  public record Due(long id, State state, boolean suspect) {
    private static Due read(ResultSet row, StatementContext context) throws SQLException {
      return new Due(row.getLong(1), State.valueOf(row.getString(2)), row.getInt(3) > 0);
    }
  }

  /**
   * How often a load was tried in vain.
   *
   * @param outages how often the database or the machine ended it
   * @param failures how often something else did
   * @param pause until it is due again
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
  public List<Due> untidy() {
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

  /** Whether a load into the same that came before is still on its way. */
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

  /** A job begins to work on it. */
  public void take(long id) {
    execute("update raw.load set working = true, due_at = null where id = ?", id);
  }

  /** No job is at work on it any more. */
  public void rest(long id) {
    execute("update raw.load set working = false where id = ? and working", id);
  }

  /** The server ends in order: nothing is under way in a crash. */
  public void restAll() {
    execute("update raw.load set working = false where working");
  }

  /**
   * A try came to nothing: it is due again after a pause, which doubles from try to try.
   *
   * @param trouble what it met, for whoever waits for the load
   */
  public Tries putBack(long id, boolean outage, String trouble) {
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
   * The server begins: what a job was at work on was under way when it ended, however it ended. A
   * load to which that has happened too often is stopped, for it may be what ends the server.
   *
   * @return how many were stopped
   */
  public int countCrashes(int most) {
    return jdbi.inTransaction(
        handle -> {
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
        });
  }

  private void execute(String sql, Object... bound) {
    jdbi.useHandle(handle -> handle.execute(sql, bound));
  }
}
