package io.refdata.persistence.performance;

import io.refdata.persistence.performance.Target.Better;
import io.refdata.persistence.performance.Target.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a target in a run on the running system.
 *
 * @param figure what was measured, in the unit; null if there was nothing to measure, or if the
 *     system failed to answer, which is critical
 * @param pass the last figure that passes
 * @param critical the figure beyond which it is critical
 * @param detail what the figure was made of, or why there is none
 */
public record PerformanceResult(
    String target,
    String category,
    String test,
    String what,
    String load,
    String measure,
    @Nullable Double figure,
    Unit unit,
    Better better,
    double pass,
    double critical,
    Verdict verdict,
    @Nullable String detail) {

  /**
   * Judges a figure.
   *
   * @param figure null if there was nothing to measure
   * @throws IllegalArgumentException if no test on the running system measures the target
   */
  public static PerformanceResult of(
      Target target, @Nullable Double figure, @Nullable String detail) {
    String test = target.test();
    if (test == null) {
      throw new IllegalArgumentException(target.id() + " is a target of releases");
    }
    return new PerformanceResult(
        target.id(),
        target.category(),
        test,
        target.what(),
        target.load(),
        target.measure(),
        figure,
        target.unit(),
        target.better(),
        target.pass(),
        target.critical(),
        figure == null ? Verdict.NO_DATA : target.judge(figure, false),
        detail);
  }

  /**
   * The result of a target that the system could not be measured by, because it failed to answer.
   */
  public static PerformanceResult failed(Target target, String detail) {
    return of(target, null, detail).judged(Verdict.CRITICAL);
  }

  private PerformanceResult judged(Verdict other) {
    return new PerformanceResult(
        target, category, test, what, load, measure, figure, unit, better, pass, critical, other,
        detail);
  }

  /** The same as a row of a page. */
  TargetRow row() {
    Target judged =
        new Target(
            target, category, what, load, measure, unit, better, pass, critical, critical, test);
    return new TargetRow(
        judged,
        verdict,
        figure == null ? "" : unit.text(figure),
        figure == null ? List.of() : List.of(figure),
        detail == null ? "" : detail);
  }
}
