package io.refdata.persistence.push;

import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import jakarta.enterprise.context.ApplicationScoped;

/** The pushes that this server answered, and their observations. */
@ApplicationScoped
public class PushMetrics implements MetricSource {
  private static final String OUTCOME = "outcome";
  private static final String ACCEPTED = "accepted";
  private static final String REJECTED = "rejected";

  @Override
  public void collect(MetricSheet sheet) {
    String pushes = "Pushes; rejected if all of their observations were";
    sheet.counter("refdata_pushes", pushes, PushCounts.PUSHES_ACCEPTED.sum(), OUTCOME, ACCEPTED);
    sheet.counter("refdata_pushes", pushes, PushCounts.PUSHES_REJECTED.sum(), OUTCOME, REJECTED);
    String rows = "Observations of pushes";
    sheet.counter(
        "refdata_pushed_observations", rows, PushCounts.ROWS_ACCEPTED.sum(), OUTCOME, ACCEPTED);
    sheet.counter(
        "refdata_pushed_observations", rows, PushCounts.ROWS_REJECTED.sum(), OUTCOME, REJECTED);
  }
}
