package io.refdata.domain.calculation;

import io.refdata.domain.derivation.ExactSum;
import io.refdata.domain.derivation.ResultStandings;
import io.refdata.domain.derivation.Standing;
import io.refdata.domain.derivation.Transform;
import io.refdata.domain.derivation.Transformation;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * A function that gives one value for each bar.
 *
 * @param name which one
 * @param bars over how many bars, at least 1; it means nothing for a name that takes none
 */
public record Line(FunctionName name, int bars) implements BarFunction {
  /** The bars of the dot of Point and Line. */
  private static final int DOT = 3;

  /** The values of which a typical price is the mean. */
  private static final double TYPICAL = 3;

  /**
   * @throws IllegalArgumentException if the name is of another kind of function, or there are no
   *     bars
   */
  public Line {
    if (!name.isLine() || bars < 1) {
      throw new IllegalArgumentException(name + " over " + bars + " bars");
    }
  }

  @Override
  public String label() {
    return name.takesBars() ? name + ":" + bars : name.toString();
  }

  @Override
  public int columns() {
    return 1;
  }

  /** The number of bars that a value is made of; of an {@code ema}, that of the first value. */
  int window() {
    return name == FunctionName.PLDOT ? DOT : name.takesBars() ? bars : 1;
  }

  /** Its values; {@code NaN} where there is none. */
  public double[] values(Bars of) {
    return switch (name) {
      case MA -> transformed(Transform.Name.MA, bars, of, of::close);
      case EMA -> transformed(Transform.Name.EMA, bars, of, of::close);
      case SUM -> transformed(Transform.Name.SUM, bars, of, of::close);
      case HIGH -> highest(of);
      case LOW -> lowest(of);
      case RANGE -> range(of);
      case TYPICAL -> each(of, i -> typical(of, i));
      case PLDOT -> transformed(Transform.Name.MA, DOT, of, i -> typical(of, i));
      case ENVELOPE, CROSSINGS -> throw new IllegalStateException();
    };
  }

  @Override
  public String[] statuses(Bars of) {
    ResultStandings standings = new ResultStandings(reach(of), of.frequency());
    String[] statuses = new String[of.size()];
    Arrays.setAll(
        statuses,
        i ->
            standings
                .next(i, of.close(i), new Standing(of.status(i), of.coverage(i), List.of()))
                .status());
    return statuses;
  }

  /** The transform whose results are made of values at the same bars as its own. */
  private Transform reach(Bars of) {
    return switch (name) {
      case EMA -> Transform.over(Transform.Name.EMA, of.frequency(), bars);
      case MA, SUM, HIGH, LOW, RANGE -> Transform.over(Transform.Name.SUM, of.frequency(), bars);
      case PLDOT -> Transform.over(Transform.Name.SUM, of.frequency(), DOT);
      case TYPICAL -> Transform.over(Transform.Name.SUM, of.frequency(), 1);
      case ENVELOPE, CROSSINGS -> throw new IllegalStateException();
    };
  }

  /** The transform of the same name, as if the bars were periods without gaps. */
  private static double[] transformed(
      Transform.Name name, int bars, Bars of, IntToDoubleFunction value) {
    Transformation transformation = Transform.over(name, of.frequency(), bars).begin();
    return each(of, i -> transformation.next(i, value.applyAsDouble(i)));
  }

  private static double[] each(Bars of, IntToDoubleFunction value) {
    double[] values = new double[of.size()];
    Arrays.setAll(values, value);
    return values;
  }

  /** Corrected by what the rounded mean is off, so that of three equal values it is their value. */
  private static double typical(Bars of, int i) {
    double high = of.high(i);
    double low = of.low(i);
    double close = of.close(i);
    double mean = high / TYPICAL + low / TYPICAL + close / TYPICAL;
    double typical = mean + ((high - mean) + (low - mean) + (close - mean)) / TYPICAL;
    return Double.isFinite(typical) ? typical : largeTypical(high, low, close);
  }

  private static double largeTypical(double high, double low, double close) {
    ExactSum sum = new ExactSum();
    sum.add(high);
    sum.add(low);
    sum.add(close);
    return sum.mean(3);
  }

  private double[] highest(Bars of) {
    return extremes(of, of::high);
  }

  private double[] lowest(Bars of) {
    double[] values = extremes(of, i -> -of.low(i));
    // Not -x, which would make the number -0 of 0.
    Arrays.setAll(values, i -> 0 - values[i]);
    return values;
  }

  private double[] range(Bars of) {
    double[] high = highest(of);
    double[] low = lowest(of);
    Arrays.setAll(high, i -> finite(high[i] - low[i]));
    return high;
  }

  /**
   * The largest of the last values at each bar. Only those that no later one exceeds can still
   * become the largest: they are kept, falling, in a ring.
   */
  private double[] extremes(Bars of, IntToDoubleFunction value) {
    double[] largest = new double[of.size()];
    int[] ring = new int[Math.min(bars, of.size()) + 1];
    int first = 0;
    int end = 0;
    for (int i = 0; i < of.size(); i++) {
      double one = value.applyAsDouble(i);
      while (end > first && value.applyAsDouble(ring[(end - 1) % ring.length]) <= one) {
        end--;
      }
      ring[end++ % ring.length] = i;
      if (ring[first % ring.length] <= i - bars) {
        first++;
      }
      largest[i] = i < bars - 1 ? Double.NaN : value.applyAsDouble(ring[first % ring.length]);
    }
    return largest;
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : Double.NaN;
  }
}
