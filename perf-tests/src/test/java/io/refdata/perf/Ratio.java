package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;

/** Two sides measured by turns; the median of their ratios is what counts. */
final class Ratio {
  static final int TURNS = 3;

  private final String what;
  private final double[] sides = new double[2 * TURNS];
  private final double[] ratios = new double[TURNS];
  private int turns;

  Ratio(String what) {
    this.what = what;
  }

  void add(double one, double other) {
    sides[2 * turns] = one;
    sides[2 * turns + 1] = other;
    ratios[turns++] = one / other;
  }

  private double median() {
    double[] sorted = ratios.clone();
    Arrays.sort(sorted);
    return sorted[TURNS / 2];
  }

  void assertAtLeast(String bound, double small) {
    System.out.println(this);
    assertThat(median()).as(what).isGreaterThanOrEqualTo(bound(bound, small));
  }

  void assertAtMost(String bound, double small) {
    System.out.println(this);
    assertThat(median()).as(what).isLessThanOrEqualTo(bound(bound, small));
  }

  private static double bound(String name, double small) {
    return Double.parseDouble(System.getProperty(name, Double.toString(small)));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %.2f (%s of %s)",
        what,
        median(),
        Arrays.toString(ratios),
        Arrays.toString(sides));
  }
}
