package io.refdata.persistence.sla;

import io.refdata.persistence.metrics.duration.Durations;
import io.refdata.persistence.sql.SqlText;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** Counts the requests of SLAs, from the samples of all servers. */
final class SampledRequests {
  private static final String EVENTS =
      SqlText.of(
              """
              select s.code, s.window_seconds, extract(epoch from now() - r.at) as age, r.requests as n,
                     case s.kind when 'REQUEST_ERRORS' then r.errors
                          else r.requests - (select coalesce(sum(b), 0)
                                               from unnest(r.buckets[1:(select count(*) from unnest(array[<bounds>]) u where u <= s.bound_ms)]) b)
                          end as bad
                from performance_monitoring.sla s
                join performance_monitoring.request_sample r
                  on r.route = s.route and r.at > now() - make_interval(secs => s.window_seconds)
               where s.code = any (:slas)
              """)
          .with("bounds", bounds())
          .text();

  private static final String COUNTS = Counting.of(EVENTS);

  private SampledRequests() {}

  /** The bounds of all buckets but the last, in milliseconds. */
  private static String bounds() {
    return IntStream.range(0, Durations.buckets() - 1)
        .mapToObj(bucket -> BigDecimal.valueOf(Durations.bound(bucket), 6).toPlainString())
        .collect(Collectors.joining(", "));
  }

  /**
   * Counts the requests of SLAs.
   *
   * @param handle a snapshot
   * @param slas their names; all are of requests
   * @return by name; an SLA without requests is absent
   */
  static Map<String, SlaCounts> counts(Handle handle, List<String> slas) {
    Map<String, SlaCounts> counts = new HashMap<>();
    handle
        .createQuery(COUNTS)
        .bindArray("slas", String.class, slas)
        .map((row, context) -> Counting.read(row))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }
}
