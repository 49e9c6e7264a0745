package io.refdata.persistence.sla;

import io.refdata.persistence.metrics.MetricSheet;
import io.refdata.persistence.metrics.MetricSource;
import io.refdata.persistence.metrics.SampleReads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;

/** The figures of the SLAs that are measured. There are at most {@code refdata.slas.most}. */
@ApplicationScoped
public class SlaMetrics implements MetricSource {
  private final SampleReads reads;
  private volatile List<SlaState> last = List.of();

  /** For the CDI container only. */
  @SuppressWarnings("NullAway")
  SlaMetrics() {
    this(null);
  }

  @Inject
  public SlaMetrics(SampleReads reads) {
    this.reads = reads;
  }

  @Override
  public boolean asksDatabase() {
    return true;
  }

  @Override
  public void sample() {
    last = reads.ask(handle -> Slas.states(handle));
  }

  @Override
  public void collect(MetricSheet sheet) {
    for (SlaState sla : last) {
      if (sla.measured() && sla.compliance() != null && sla.budgetLeft() != null) {
        sheet.gauge(
            "refdata_sla_compliance_ratio",
            "The share of good events in the window of an SLA",
            sla.compliance(),
            "sla",
            sla.name());
        sheet.gauge(
            "refdata_sla_error_budget_ratio",
            "The share of the error budget that is left; below 0 if it is overdrawn",
            sla.budgetLeft(),
            "sla",
            sla.name());
      }
      sla.burns().forEach(burn -> burn(sheet, sla, burn));
    }
  }

  private static void burn(MetricSheet sheet, SlaState sla, SlaState.Burn burn) {
    if (burn.measured() && burn.rate() != null) {
      sheet.gauge(
          "refdata_sla_burn_rate",
          "How fast the error budget is used up: at 1 in exactly the window of the SLA",
          burn.rate(),
          "sla",
          sla.name(),
          "window",
          burn.window().substring("PT".length()).toLowerCase(Locale.ROOT));
    }
  }
}
