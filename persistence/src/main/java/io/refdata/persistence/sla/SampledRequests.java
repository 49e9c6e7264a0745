package io.refdata.persistence.sla;

import io.refdata.persistence.sql.SqlText;
import jakarta.enterprise.context.Dependent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Counts requests from their samples, {@code performance_monitoring.request_sample}: for each
 * minute, node and route the requests, the errors, and the requests by buckets of time.
 */
@Dependent
class SampledRequests implements RequestHistory {
  /** The upper bounds of the buckets, in milliseconds; the last bucket has what is above. */
  static final List<Double> BUCKETS_MS =
      List.of(
          0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1_000.0, 2_500.0,
          5_000.0, 10_000.0);

  private static final SqlText EVENTS =
      SqlText.of(
          """
          select s.code, s.window_seconds, extract(epoch from now() - r.at) as age, r.requests as n,
                 case s.kind when 'REQUEST_ERRORS' then r.errors
                      else r.requests - (select coalesce(sum(b), 0)
                                           from unnest(r.buckets[1:(select count(*) from unnest(array[<buckets>]) u where u <= s.bound_ms)]) b)
                      end as bad
            from performance_monitoring.sla s
            join performance_monitoring.request_sample r
              on r.route = s.route and r.at > now() - make_interval(secs => s.window_seconds)
           where s.code = any (:slas)
          """);

  @Override
  public Map<String, SlaCounts> counts(Handle handle, List<String> slas) {
    boolean sampled =
        handle
            .createQuery("select to_regclass('performance_monitoring.request_sample') is not null")
            .mapTo(Boolean.class)
            .one();
    if (!sampled) {
      return Map.of();
    }
    List<String> bounds = new ArrayList<>();
    for (Double bound : BUCKETS_MS) {
      bounds.add(BigDecimal.valueOf(bound).toPlainString());
    }
    Map<String, SlaCounts> counts = new HashMap<>();
    handle
        .createQuery(Counting.of(EVENTS.with("buckets", String.join(", ", bounds)).text()))
        .bindArray("slas", String.class, slas)
        .map((row, context) -> Counting.read(row))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }
}
