package io.refdata.domain.quality;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.quality.ExaminedSeries.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds values that are odd for their series. The change to a value is compared with the last 30
 * changes of its series, by the modified z-score: 0.6745 times its distance from their median, by
 * their median absolute deviation (MAD). A change is from the value before, or from the one a
 * season before, whichever changes have the smaller MAD. It is the difference of the logarithms
 * where most values are positive, else the difference of the values. The MAD counts as at least 2 %
 * of the level, so that a series that hardly ever changes may do so.
 */
public final class OddValues {
  /** A value with a score above this is odd. */
  public static final double ODD = 6;

  private static final int CHANGES = 30;
  private static final int LEAST_CHANGES = 10;
  private static final double LEAST_DEVIATION = 0.02;

  /** The share of changes that must be between positive values to compare logarithms. */
  private static final double POSITIVE = 0.75;

  /** Makes the score of normally distributed numbers one of their standard deviations. */
  private static final double NORMAL = 0.6745;

  /** The greatest score: a larger one tells no more, and JSON has no infinity. */
  private static final double HIGHEST = 1e6;

  private final ExaminedSeries series;
  private final long season;

  private OddValues(ExaminedSeries series, long season) {
    this.series = series;
    this.season = season;
  }

  /** The number of values of a series that were examined, and the odd ones among them. */
  public record Found(int examined, List<OddValue> odd) {}

  private record Change(double score, double expected, double spread) {}

  /**
   * Examines the values that a load wrote to a series: all that it revised, and of those that it
   * inserted the latest.
   *
   * @param latest how many of the last values of the series are examined if they were inserted
   */
  public static Found find(ExaminedSeries series, Frequency frequency, int latest) {
    return new OddValues(series, season(frequency)).find(latest);
  }

  /** Periods of a season; 0 if there is none. */
  private static long season(Frequency frequency) {
    return switch (frequency) {
      case A -> 0;
      case S -> 2;
      case Q -> 4;
      case M -> 12;
      case W -> 52;
      case D -> 7;
      case H -> 24;
      case N -> 60;
    };
  }

  private Found find(int latest) {
    int examined = 0;
    List<OddValue> odd = new ArrayList<>();
    boolean oddBefore = false;
    for (int i = 1; i < series.size(); i++) {
      Origin origin = series.origin(i);
      boolean wanted =
          origin == Origin.REVISED || (origin == Origin.INSERTED && i >= series.size() - latest);
      Change change = wanted ? change(i, i - 1).orElse(null) : null;
      if (change == null) {
        oddBefore = false;
        continue;
      }
      examined++;
      boolean isOdd = change.score() > ODD && !(oddBefore && returns(i));
      if (isOdd) {
        odd.add(
            new OddValue(
                series.id(),
                series.period(i),
                series.value(i),
                change.expected(),
                Math.min(change.score(), HIGHEST)));
      }
      oddBefore = isOdd;
    }
    return new Found(examined, odd);
  }

  /** True if a value follows from the one before an odd one: the series has come back. */
  private boolean returns(int i) {
    return i >= 2 && change(i, i - 2).filter(change -> change.score() <= ODD).isPresent();
  }

  private Optional<Change> change(int i, int previous) {
    Change direct = change(i, previous, 0);
    Change seasonal =
        season == 0 ? null : change(i, series.find(series.period(i) - season), season);
    return Optional.ofNullable(
        direct == null || (seasonal != null && seasonal.spread() < direct.spread())
            ? seasonal
            : direct);
  }

  /**
   * The change from one value to another, compared with those before.
   *
   * @param lag the periods that it goes back; 0 for the value before, whatever its period
   */
  private @Nullable Change change(int i, int base, long lag) {
    if (base < 0) {
      return null;
    }
    double[] to = new double[CHANGES];
    double[] from = new double[CHANGES];
    int count = 0;
    int positive = 0;
    for (int j = Math.min(i - 1, lag == 0 ? base : i - 1); j > 0 && count < CHANGES; j--) {
      int before = lag == 0 ? j - 1 : series.find(series.period(j) - lag);
      if (before >= 0) {
        to[count] = series.value(j);
        from[count] = series.value(before);
        positive += to[count] > 0 && from[count] > 0 ? 1 : 0;
        count++;
      }
    }
    if (count < LEAST_CHANGES) {
      return null;
    }
    double value = series.value(i);
    double start = series.value(base);
    return value > 0 && start > 0 && positive >= POSITIVE * count
        ? relative(value, start, to, from, count)
        : absolute(value, start, to, from, count);
  }

  private static Change relative(
      double value, double start, double[] to, double[] from, int count) {
    double[] changes = new double[count];
    int kept = 0;
    for (int j = 0; j < count; j++) {
      if (to[j] > 0 && from[j] > 0) {
        changes[kept++] = Math.log(to[j] / from[j]);
      }
    }
    changes = Arrays.copyOf(changes, kept);
    double median = Medians.median(changes);
    double spread = Math.max(LEAST_DEVIATION, Medians.deviation(median, changes));
    return new Change(
        NORMAL * Math.abs(Math.log(value / start) - median) / spread,
        start * Math.exp(median),
        spread);
  }

  private static Change absolute(
      double value, double start, double[] to, double[] from, int count) {
    double[] changes = new double[count];
    double[] levels = new double[count];
    for (int j = 0; j < count; j++) {
      changes[j] = to[j] - from[j];
      levels[j] = Math.abs(to[j]);
    }
    double level = Math.max(Math.abs(start), Medians.median(levels));
    double median = Medians.median(changes);
    double spread = Math.max(LEAST_DEVIATION * level, Medians.deviation(median, changes));
    double distance = Math.abs(value - start - median);
    double score = distance == 0 ? 0 : NORMAL * distance / spread;
    return new Change(score, start + median, level == 0 ? spread : spread / level);
  }
}
