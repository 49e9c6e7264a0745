package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import io.refdata.persistence.sla.SlaState;
import io.refdata.persistence.sla.Slas;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * An SLA uses its error budget up so fast that it will be broken: over an hour and the last five
 * minutes (CRITICAL), or over six hours and the last half hour. Loads may be too rare for that: if
 * so, an SLA of loads is an alert (WARNING) while it is not kept.
 *
 * @see <a href="https://sre.google/workbook/alerting-on-slos/">Alerting on SLOs, chapter 6</a>
 */
@Dependent
public class SlaBurn implements AlertRule {
  private static final double FAST = 14.4;
  private static final double SLOW = 6;

  @Override
  public Description description() {
    return new Description(
        "SLA_BURN",
        Scope.PLATFORM,
        "budgets per window",
        Bounds.atLeast(SLOW, FAST),
        "/api/v1/monitoring/slas");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    return Slas.states(database).stream().map(SlaBurn::situation).toList();
  }

  private static Situation situation(SlaState sla) {
    if (isOfRareLoads(sla) && Boolean.FALSE.equals(sla.kept())) {
      return new Situation(
          Map.of("sla", sla.name()),
          SLOW,
          "SLA %s is not kept: %d of %d loads in %s were bad"
              .formatted(sla.name(), sla.bad(), sla.events(), sla.sla().window()));
    }
    double fast = Math.min(rate(sla, Duration.ofHours(1)), rate(sla, Duration.ofMinutes(5)));
    double slow = Math.min(rate(sla, Duration.ofHours(6)), rate(sla, Duration.ofMinutes(30)));
    // Over six hours no rate is critical: there is time to look at it.
    double value = fast >= FAST ? fast : Math.min(Math.max(fast, slow), Math.nextDown(FAST));
    return new Situation(
        Map.of("sla", sla.name()),
        value,
        "SLA %s uses its error budget up %.1f times as fast as it may; %s of it is left"
            .formatted(sla.name(), value, left(sla)));
  }

  private static boolean isOfRareLoads(SlaState sla) {
    return sla.sla().kind().isOfLoads() && burn(sla, Duration.ofHours(6)).isEmpty();
  }

  private static String left(SlaState sla) {
    Double left = sla.budgetLeft();
    return left == null ? "an unknown part" : "%.0f %%".formatted(100 * left);
  }

  /** The burn rate of a window; 0 if there are too few events to tell. */
  private static double rate(SlaState sla, Duration window) {
    return burn(sla, window).orElse(0.0);
  }

  private static Optional<Double> burn(SlaState sla, Duration window) {
    return sla.burns().stream()
        .filter(burn -> burn.window().equals(window.toString()) && burn.measured())
        .map(SlaState.Burn::rate)
        .filter(Objects::nonNull)
        .findFirst();
  }
}
