package io.refdata.domain.calculation;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * A band around a moving average. Its width is a share of the size of the average, so the upper
 * edge is above it for prices below zero too.
 *
 * @param bars over how many bars the average is taken, at least 1
 * @param percent the distance of each edge from the average, in percent of its size; above 0
 */
public record Envelope(int bars, double percent) implements BarFunction {
  private static final double HUNDRED = 100;

  /**
   * @throws IllegalArgumentException if there are no bars, or it has no width
   */
  public Envelope {
    if (bars < 1 || !(percent > 0)) {
      throw new IllegalArgumentException("over %d bars, %s percent".formatted(bars, percent));
    }
  }

  @Override
  public FunctionName name() {
    return FunctionName.ENVELOPE;
  }

  @Override
  public String label() {
    String width = BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
    return name() + ":" + bars + ":" + width;
  }

  @Override
  public int columns() {
    return 3;
  }

  @Override
  public String[] statuses(Bars of) {
    return average().statuses(of);
  }

  private Line average() {
    return new Line(FunctionName.MA, bars);
  }

  /** The moving average; {@code NaN} where there is none. */
  public double[] middle(Bars of) {
    return average().values(of);
  }

  /** The upper edge around averages. */
  public double[] upper(double[] middle) {
    return edge(middle, percent);
  }

  /** The lower edge around averages. */
  public double[] lower(double[] middle) {
    return edge(middle, -percent);
  }

  private static double[] edge(double[] middle, double percent) {
    double[] edge = new double[middle.length];
    Arrays.setAll(
        edge,
        i -> {
          double value = middle[i] + Math.abs(middle[i]) * percent / HUNDRED;
          return Double.isFinite(value) ? value : Double.NaN;
        });
    return edge;
  }
}
