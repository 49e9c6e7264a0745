package io.refdata.persistence.performance;

import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import io.refdata.persistence.metrics.SampleReads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The verdicts on the targets in the last run of the performance suite that ended. */
@ApplicationScoped
public class PerformanceMetrics implements MetricSource {
  private final SampleReads reads;
  private volatile List<Judged> last = List.of();

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  PerformanceMetrics() {
    this(null);
  }

  @Inject
  public PerformanceMetrics(SampleReads reads) {
    this.reads = reads;
  }

  private record Judged(String target, Verdict verdict) {
    private int level() {
      return switch (verdict) {
        case CRITICAL -> 2;
        case WARNING -> 1;
        default -> 0;
      };
    }
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
                        select p.target, p.verdict
                          from performance_monitoring.performance_result p
                         where p.run_id = (select r.id from performance_monitoring.performance_run r
                                            where r.state = 'ENDED' order by r.id desc limit 1)
                           and p.verdict <> 'NO_DATA'
                         order by p.position
                        """)
                    .map(
                        (row, context) ->
                            new Judged(row.getString(1), Verdict.valueOf(row.getString(2))))
                    .list());
  }

  @Override
  public void collect(MetricSheet sheet) {
    for (Judged judged : last) {
      sheet.gauge(
          "refdata_performance_target",
          "0 PASS, 1 WARNING, 2 CRITICAL, in the last run of the performance suite",
          judged.level(),
          "target",
          judged.target());
    }
  }
}
