package io.refdata.persistence.alert;

import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import io.refdata.persistence.metrics.SampleReads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The number of open alerts, by severity. */
@ApplicationScoped
public class AlertMetrics implements MetricSource {
  private final SampleReads reads;
  private volatile Map<String, Long> last = Map.of();

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  AlertMetrics() {
    this(null);
  }

  @Inject
  public AlertMetrics(SampleReads reads) {
    this.reads = reads;
  }

  @Override
  public boolean asksDatabase() {
    return true;
  }

  @Override
  public void sample() {
    last =
        reads.ask(
            handle ->
                handle
                    .createQuery(
                        """
                        select severity, count(*) as open from performance_monitoring.alert
                         where state = 'OPEN'
                         group by severity
                        """)
                    .reduceRows(
                        new HashMap<String, Long>(),
                        (counts, row) -> {
                          counts.put(
                              row.getColumn("severity", String.class),
                              row.getColumn("open", Long.class));
                          return counts;
                        }));
  }

  @Override
  public void collect(MetricSheet sheet) {
    Stream.of(Severity.WARNING, Severity.CRITICAL)
        .map(Severity::name)
        .forEach(
            severity ->
                sheet.gauge(
                    "refdata_alerts_open",
                    "Alerts that are open, silenced ones too",
                    last.getOrDefault(severity, 0L),
                    "severity",
                    severity.toLowerCase(Locale.ROOT)));
  }
}
