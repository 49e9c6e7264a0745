package io.refdata.domain.feature;

import io.refdata.domain.derivation.ExactSum;
import io.refdata.domain.derivation.Period;
import java.util.Locale;

/**
 * Works a number out of the values of a series, for a period. Values that are not there make the
 * result missing, {@code NaN}, unless it says otherwise. So does a result that is no finite number.
 */
public sealed interface ValueFunction {
  /** The name of the column, as MLforecast writes it where it has the same function. */
  String name();

  /** The result for a period, from values of that period and before. */
  double at(History history, long period);

  /**
   * The number of periods from the earliest value that it looks at to the period of the row; {@link
   * Long#MAX_VALUE} if it looks at all.
   */
  long reach();

  /**
   * The number of values that it looks at.
   *
   * @param size the number of values of the series
   */
  long steps(long size);

  private static double finite(double number) {
    return Double.isFinite(number) ? number : Double.NaN;
  }

  /** The value some periods before. */
  record Lag(int lag) implements ValueFunction {
    @Override
    public String name() {
      return "lag" + lag;
    }

    @Override
    public double at(History history, long period) {
      return history.at(period - lag);
    }

    @Override
    public long reach() {
      return lag;
    }

    @Override
    public long steps(long size) {
      return 1;
    }
  }

  /**
   * The value some seasons before.
   *
   * @param season the periods of a season
   */
  record SeasonalLag(int seasons, int season) implements ValueFunction {
    @Override
    public String name() {
      return "seasonal_lag%d_season_length%d".formatted(seasons, season);
    }

    @Override
    public double at(History history, long period) {
      return history.at(period - (long) seasons * season);
    }

    @Override
    public long reach() {
      return (long) seasons * season;
    }

    @Override
    public long steps(long size) {
      return 1;
    }
  }

  /**
   * The difference from the value some periods before.
   *
   * @param lag how many periods before the one of the row it is taken
   * @param percent whether it is in percent of the earlier value
   */
  record Change(int periods, int lag, boolean percent) implements ValueFunction {
    @Override
    public String name() {
      return (percent ? "pct" : "diff") + periods + (lag == 0 ? "" : "_lag" + lag);
    }

    @Override
    public double at(History history, long period) {
      double now = history.at(period - lag);
      double then = history.at(period - lag - periods);
      return finite(percent ? (now / then - 1) * 100 : now - then);
    }

    @Override
    public long reach() {
      return (long) lag + periods;
    }

    @Override
    public long steps(long size) {
      return 2;
    }
  }

  /** A statistic of the values of a window. */
  enum Statistic {
    MEAN,
    /** Of a sample: the sum of squares is divided by the number of values less one. */
    STD,
    MIN,
    MAX,
    SUM;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A statistic of the values of some periods that follow each other, of which the last is a lag
   * before the one of the row.
   *
   * @param least how many values must be there
   */
  record Roll(Statistic statistic, int window, int lag, int least) implements ValueFunction {
    @Override
    public String name() {
      return "rolling_%s_lag%d_window_size%d%s"
          .formatted(statistic, lag, window, least == window ? "" : "_min_samples" + least);
    }

    @Override
    public double at(History history, long period) {
      ExactSum sum = new ExactSum();
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      int count = 0;
      for (long one = period - lag - window + 1; one <= period - lag; one++) {
        double value = history.at(one);
        if (Double.isFinite(value)) {
          count++;
          sum.add(value);
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
      }
      if (count < least || count == 0) {
        return Double.NaN;
      }
      double mean = Period.mean(sum, count, min, max);
      return finite(
          switch (statistic) {
            case MEAN -> mean;
            case STD -> count < 2 ? Double.NaN : deviation(history, period, mean, count);
            case MIN -> min;
            case MAX -> max;
            case SUM -> sum.value();
          });
    }

    private double deviation(History history, long period, double mean, int count) {
      double deviation = deviation(history, period, mean, count, 1);
      return Double.isFinite(deviation)
          ? deviation
          : deviation(history, period, mean, count, Scale.SMALL);
    }

    private double deviation(History history, long period, double mean, int count, double scale) {
      ExactSum squares = new ExactSum();
      for (long one = period - lag - window + 1; one <= period - lag; one++) {
        double value = history.at(one);
        if (Double.isFinite(value)) {
          double distance = value * scale - mean * scale;
          squares.add(distance * distance);
        }
      }
      return Math.sqrt(squares.dividedBy(count - 1)) / scale;
    }

    @Override
    public long reach() {
      return (long) lag + window - 1;
    }

    @Override
    public long steps(long size) {
      return 2L * window;
    }
  }

  /**
   * The exponentially weighted mean of all values up to a lag before the period of the row. Each
   * value counts {@code alpha}, the mean before it the rest; the first value is the first mean.
   * Periods without a value are passed over.
   *
   * @param alpha above 0, at most 1
   */
  record Weighted(double alpha, int lag) implements ValueFunction {
    @Override
    public String name() {
      return "exponentially_weighted_mean_lag%d_alpha%s".formatted(lag, Double.toString(alpha));
    }

    @Override
    public double at(History history, long period) {
      double mean = Double.NaN;
      for (int i = 0; i < history.size() && history.period(i) <= period - lag; i++) {
        double value = history.value(i);
        mean = i == 0 ? value : alpha * value + (1 - alpha) * mean;
      }
      return finite(mean);
    }

    @Override
    public long reach() {
      return Long.MAX_VALUE;
    }

    @Override
    public long steps(long size) {
      return size;
    }
  }
}
