package io.refdata.persistence.index.advice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** The statements that ran, by {@code pg_stat_statements}. */
@Dependent
public class LiveStatements {
  private static final Logger LOG = Logger.getLogger(LiveStatements.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final Jdbi jdbi;

  @Inject
  public LiveStatements(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** True if the server counts statements, and the extension is there to ask. */
  public boolean areCounted() {
    return jdbi.withHandle(LiveStatements::areCounted);
  }

  static boolean areCounted(Handle handle) {
    return handle
        .createQuery(
            """
            select current_setting('pg_stat_statements.max', true) is not null
                   and exists (select from pg_extension where extname = 'pg_stat_statements')
            """)
        .mapTo(Boolean.class)
        .one();
  }

  /** The statements of this database that took the most time together; the dearest first. */
  public List<LiveStatement> dearest(int limit) {
    return jdbi.withHandle(
        handle ->
            areCounted(handle)
                ? handle
                    .createQuery(
                        """
                        select queryid, min(query) as query, sum(calls)::bigint as calls, sum(total_exec_time) as milliseconds
                          from pg_stat_statements
                         where dbid = (select oid from pg_database where datname = current_database())
                           and query ~* '^\\s*(select|with|update|delete|merge)\\M'
                           and query !~ '\\m(pg_catalog|pg_stat_[a-z_]*|performance_monitoring|index_model|information_schema|staging\\.load_)'
                         group by queryid
                         order by milliseconds desc
                         limit :limit
                        """)
                    .bind("limit", limit)
                    .map(
                        (row, context) ->
                            new LiveStatement(
                                row.getLong("queryid"),
                                row.getString("query"),
                                row.getLong("calls"),
                                row.getDouble("milliseconds")))
                    .list()
                : List.of());
  }

  /**
   * The plan of a statement.
   *
   * @return empty if it has none: a text that was cut, a table that is gone, or values at places
   *     where a parameter can't stand
   */
  public Optional<JsonNode> plan(LiveStatement statement) {
    try {
      String plan =
          jdbi.withHandle(
              handle ->
                  handle
                      .createQuery("select performance_monitoring.generic_plan(:sql)::text")
                      .bind("sql", statement.sql())
                      .mapTo(String.class)
                      .one());
      return Optional.of(JSON.readTree(plan).get(0).get("Plan"));
    } catch (JdbiException e) {
      LOG.debugf(e, "No plan of statement %d", statement.id());
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The calls of a statement, and their time, since the server counts them.
   *
   * @param id of the statement
   */
  public record Counted(long id, long calls, double milliseconds) {}

  /** The calls of some statements, and their time. */
  public List<Counted> counted(Set<Long> ids) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select queryid, sum(calls)::bigint as calls, sum(total_exec_time) as milliseconds
                      from pg_stat_statements
                     where dbid = (select oid from pg_database where datname = current_database())
                       and queryid = any(:ids)
                     group by queryid
                    """)
                .bindArray("ids", Long.class, ids)
                .map(
                    (row, context) ->
                        new Counted(
                            row.getLong("queryid"),
                            row.getLong("calls"),
                            row.getDouble("milliseconds")))
                .list());
  }
}
