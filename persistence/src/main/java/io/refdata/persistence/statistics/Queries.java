package io.refdata.persistence.statistics;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The statements that ran within a span of time that ends now, by their names. */
@Dependent
public class Queries {
  private static final int MOST_TEXTS = 10;

  private final Jdbi jdbi;
  private final StatementSamples samples;

  @Inject
  public Queries(Jdbi jdbi, StatementSamples samples) {
    this.jdbi = jdbi;
    this.samples = samples;
  }

  /**
   * A slow call.
   *
   * @param text the statement with its values; it ends with … if it was cut
   */
  public record SlowCall(Instant at, double ms, String text) {}

  /** The statements that took most of the time first. Stores a sample, so that all is counted. */
  public List<QueryStatistics> list(Duration window, int limit) {
    samples.write();
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from performance_monitoring.statement_statistics(make_interval(secs => :seconds))
                     order by share desc nulls last, name nulls last
                     limit :limit
                    """)
                .bind("seconds", window.toSeconds())
                .bind("limit", limit)
                .map(ConstructorMapper.of(QueryStatistics.class))
                .list());
  }

  /** The statements of one name; empty if there were none. */
  public Optional<QueryStatistics> find(String name, Duration window) {
    samples.write();
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select * from performance_monitoring.statement_statistics(make_interval(secs => :seconds))
                     where name = :name
                    """)
                .bind("seconds", window.toSeconds())
                .bind("name", name)
                .map(ConstructorMapper.of(QueryStatistics.class))
                .findOne());
  }

  /**
   * The texts that {@code pg_stat_statements} has of a name, with $1, $2, … in place of values;
   * those that took most of the time, first.
   */
  public List<String> texts(String name) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select query from performance_monitoring.pg_statements()
                     where name = :name
                     group by query
                     order by sum(total_ms) desc
                     limit :most
                    """)
                .bind("name", name)
                .bind("most", MOST_TEXTS)
                .mapTo(String.class)
                .list());
  }

  /** The slowest call of a name, if it was slow. */
  public Optional<SlowCall> slowest(String name, Duration window) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select slow_at as at, max_ms as ms, slow_text as text
                      from performance_monitoring.statement_sample
                     where name = :name and at > now() - make_interval(secs => :seconds) and slow_text is not null
                     order by max_ms desc
                     limit 1
                    """)
                .bind("name", name)
                .bind("seconds", window.toSeconds())
                .map(ConstructorMapper.of(SlowCall.class))
                .findOne());
  }

  /** Why there are no figures of {@code pg_stat_statements}; empty if there are. */
  public Optional<String> missing() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select coalesce(performance_monitoring.pg_statements_missing(), '')")
                .mapTo(String.class)
                .filter(text -> !text.isEmpty())
                .findOne());
  }
}
