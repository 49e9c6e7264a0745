package io.refdata.domain.derivation;

import io.refdata.domain.dataset.Frequency;
import java.util.OptionalLong;

/** Changes and rates between a value and its predecessor, a period or a year before. */
final class Predecessors implements Transformation {
  private final Transform.Name name;
  private final Frequency frequency;
  private final RecentValues recent = new RecentValues();

  Predecessors(Transform transform, Frequency frequency) {
    this.name = transform.name();
    this.frequency = frequency;
  }

  @Override
  public double next(long period, double value) {
    recent.add(period, value);
    OptionalLong before = before(name, frequency, period);
    if (before.isEmpty()) {
      return Double.NaN;
    }
    recent.forgetBefore(before.getAsLong());
    double predecessor = recent.firstIf(before.getAsLong());
    return Transform.finite(result(value, predecessor));
  }

  /** The period of the predecessor of the value of a period, if there is one. */
  static OptionalLong before(Transform.Name name, Frequency frequency, long period) {
    return name.isFromYearAgo() ? YearAgo.of(frequency, period) : OptionalLong.of(period - 1);
  }

  private double result(double value, double predecessor) {
    int perYear = YearAgo.perYear(frequency);
    return switch (name) {
      case CHG, CH1 -> value - predecessor;
      case PCH, PC1 -> (value / predecessor - 1) * 100;
      case PCA -> (StrictMath.pow(value / predecessor, perYear) - 1) * 100;
      case CCH -> (log(value) - log(predecessor)) * 100;
      case CCA -> (log(value) - log(predecessor)) * 100 * perYear;
      case LIN, LOG, INDEX, MA, EMA, SUM -> throw new IllegalStateException(name.name());
    };
  }

  /** The natural logarithm; not finite for 0 and below. */
  static double log(double value) {
    return StrictMath.log(value);
  }
}
