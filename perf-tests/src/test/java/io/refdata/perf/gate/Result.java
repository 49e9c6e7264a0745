package io.refdata.perf.gate;

import org.jspecify.annotations.Nullable;

/**
 * A measurement that was judged.
 *
 * @param comparison with the baseline; null without one, or if it has nothing to compare with
 * @param verdict the worse of what its target says and of what the comparison says
 */
record Result(
    Target target, Measurement measurement, @Nullable Comparison comparison, Verdict verdict) {

  /** A line that says all of it. */
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
