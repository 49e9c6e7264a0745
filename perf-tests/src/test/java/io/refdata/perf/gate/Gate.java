package io.refdata.perf.gate;

import io.refdata.persistence.performance.Targets;
import io.refdata.persistence.performance.Verdict;
import java.util.Arrays;
import java.util.Objects;

/**
 * Collects the measurements of a run. {@link ReleaseGateIT}, the last test of the run, reports
 * them. None of these methods fails a test because a target is missed.
 */
public final class Gate {
  private static final Outcome RUN =
      new Outcome(Targets.ofRelease(), Scale.isSmall(), Baseline.ofRun());

  private Gate() {}

  /** Judges a measurement, stores it for the report, and prints it. */
  public static synchronized void measured(Measurement measurement) {
    Result result = RUN.add(measurement);
    System.out.println(
        result == null
            ? "NO TARGET " + measurement.id() + ": " + measurement.value()
            : result.text(RUN.isSmall()));
  }

  /**
   * Judges a measurement by the bounds of a small run, without storing it.
   *
   * @throws NullPointerException if there is no target for it
   */
  public static Verdict verdict(Measurement measurement) {
    Outcome small = new Outcome(Targets.ofRelease(), true, null);
    Result result =
        Objects.requireNonNull(small.judge(measurement), "no target for " + measurement.id());
    System.out.println("Not for the report: " + result.text(true));
    return result.verdict();
  }

  /**
   * Records why targets cannot be measured on this machine. A small run passes without them; a full
   * run fails at its end.
   */
  public static synchronized void cannotMeasure(String why, String... ids) {
    System.out.println("Not measured: " + Arrays.toString(ids) + ", " + why);
    for (String id : ids) {
      RUN.cannotMeasure(id, why);
    }
  }

  /** Stores a claim for the report. Claims never fail the gate. */
  public static synchronized void claim(Claim claim) {
    RUN.add(claim);
  }

  static Outcome run() {
    return RUN;
  }
}
