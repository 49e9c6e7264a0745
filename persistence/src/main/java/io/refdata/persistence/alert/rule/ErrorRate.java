package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import io.refdata.persistence.metrics.RequestDurations;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** A node fails to answer many of the requests of an address: status 500 or above. */
@ApplicationScoped
public class ErrorRate implements AlertRule {
  private static final double PERCENT = 100;

  private final RecentRequests requests = new RecentRequests(RequestDurations.REQUESTS);

  @Override
  public Description description() {
    return new Description(
        "ERROR_RATE", Scope.NODE, "percent", Bounds.atLeast(1.0, 10.0).margin(0.5), "/metrics");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    return requests.look().stream()
        .map(
            recent ->
                new Situation(
                    Map.of("uri", recent.uri()),
                    PERCENT * recent.errors() / recent.all(),
                    "%d of the last %d requests of %s failed"
                        .formatted(recent.errors(), recent.all(), recent.uri())))
        .toList();
  }
}
