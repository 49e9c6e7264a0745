package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import io.refdata.persistence.metrics.RequestDurations;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A node takes long to answer the requests of an address: five of a hundred take longer. */
@ApplicationScoped
public class Latency implements AlertRule {
  private static final double SHARE = 0.95;
  private static final double WARNING_MILLIS = 1_000;
  private static final double CRITICAL_MILLIS = 5_000;

  private final RecentRequests requests = new RecentRequests(RequestDurations.REQUESTS);

  @Override
  public Description description() {
    return new Description(
        "LATENCY",
        Scope.NODE,
        "milliseconds",
        Bounds.atLeast(WARNING_MILLIS, CRITICAL_MILLIS).margin(0.3),
        "/metrics");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    return requests.look().stream().flatMap(recent -> situation(recent).stream()).toList();
  }

  private static Optional<Situation> situation(RecentRequests.Recent recent) {
    return recent
        .answered()
        .percentile(SHARE)
        .map(
            time ->
                new Situation(
                    Map.of("uri", recent.uri()),
                    time.toMillis(),
                    "5 of 100 of the last %d requests of %s took longer than %d ms"
                        .formatted(recent.all(), recent.uri(), time.toMillis())));
  }
}
