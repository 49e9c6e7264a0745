package io.refdata.perf.gate;

import io.refdata.persistence.performance.Figures;
import io.refdata.persistence.performance.Target;
import io.refdata.persistence.performance.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A measurement with its verdict.
 *
 * @param comparison the comparison with the baseline; null if there is none to compare with
 * @param verdict the worse of the verdicts by the target and by the comparison
 */
record Result(
    Target target, Measurement measurement, @Nullable Comparison comparison, Verdict verdict) {

  /** All of the result in one line. */
  String text(boolean atSmallScale) {
    StringBuilder line = new StringBuilder();
    line.append("%-8s %s: %s".formatted(verdict, target.id(), value()));
    if (verdict != Verdict.PASS) {
      line.append(", passes at ").append(target.unit().text(target.pass()));
      line.append(", critical beyond ").append(target.unit().text(target.bound(atSmallScale)));
    }
    if (comparison != null && comparison.verdict() != Verdict.PASS) {
      line.append(", was ").append(target.unit().text(comparison.before()));
      line.append(" with a noise of ").append(Figures.text(comparison.noise()));
    }
    return line.append(sides()).toString();
  }

  /** The value with its unit. */
  String value() {
    return target.unit().text(measurement.value());
  }

  private String sides() {
    if (measurement.platform().isEmpty()) {
      return "";
    }
    return measurement.other().isEmpty()
        ? " (" + measurement.platform() + ")"
        : " (" + measurement.platform() + " to " + measurement.other() + ")";
  }
}
