package io.refdata.persistence.metrics;

import io.refdata.persistence.metrics.duration.DurationCounts;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The requests of all servers, as {@link SampleRequests} stored them: how many there were within a
 * span of time, how many the platform failed to answer, and how fast it answered the others.
 */
@Dependent
public class RequestSamples {
  private final Jdbi jdbi;

  @Inject
  public RequestSamples(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The requests of a span of time; streams are not among them.
   *
   * @param requests all of them
   * @param errors those that the platform failed to answer: status 5xx
   * @param answered how long the others took
   */
  public record Requests(long requests, long errors, DurationCounts answered) {
    /**
     * The share of all requests that were answered without an error within a time; 1 if there were
     * no requests. It is exact for the bounds of buckets, such as 10, 25, 50, 100 ms. For another
     * time it is estimated within its bucket.
     */
    public double within(Duration bound) {
      return requests == 0 ? 1 : answered.upTo(bound) / requests;
    }

    /** The share of all requests that ended in an error; 0 if there were no requests. */
    public double errorRatio() {
      return requests == 0 ? 0 : (double) errors / requests;
    }
  }

  /**
   * The requests of an address up to now.
   *
   * @param route as in {@code performance_monitoring.request_sample}; null for all addresses
   * @param window how far to look back, by the clock of the database; a sample counts by its end
   */
  public Requests read(@Nullable String route, Duration window) {
    return read(route, window, Duration.ZERO);
  }

  /**
   * The requests of an address in a span of time.
   *
   * @param from how long ago the span begins
   * @param to how long ago it ends
   */
  public Requests read(@Nullable String route, Duration from, Duration to) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    with sample as (
                      select requests, errors, buckets
                        from performance_monitoring.request_sample
                       where at > now() - make_interval(secs => :from) and at <= now() - make_interval(secs => :to)
                         and (cast(:route as text) is null or route = :route)),
                    bucket as (
                      select u.place, sum(u.count)::bigint as count
                        from sample s
                       cross join lateral unnest(s.buckets) with ordinality as u(count, place)
                       group by u.place)
                    select coalesce((select sum(requests) from sample), 0)::bigint,
                           coalesce((select sum(errors) from sample), 0)::bigint,
                           (select array_agg(place order by place) from bucket),
                           (select array_agg(count order by place) from bucket)
                    """)
                .bind("from", seconds(from))
                .bind("to", seconds(to))
                .bind("route", route)
                .map((row, context) -> read(row))
                .one());
  }

  /** The addresses that had requests in a window, in their order. */
  public List<String> routes(Duration window) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select distinct route from performance_monitoring.request_sample
                     where at > now() - make_interval(secs => :window)
                     order by route
                    """)
                .bind("window", seconds(window))
                .mapTo(String.class)
                .list());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private static Requests read(ResultSet row) throws SQLException {
    return new Requests(
        row.getLong(1), row.getLong(2), DurationCounts.of(longs(row, 3), longs(row, 4)));
  }

  private static Long[] longs(ResultSet row, int column) throws SQLException {
    java.sql.Array array = row.getArray(column);
    return array == null ? new Long[0] : (Long[]) array.getArray();
  }
}
