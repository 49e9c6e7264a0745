package io.refdata.domain.calculation;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Resampling;
import io.refdata.domain.derivation.Status;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * The bars of a series, by time. A bar is the opening, highest, lowest and closing value of a
 * period. A period without a value has no bar, and bars are counted, not periods: for a price that
 * is not quoted at weekends, the bar before a Monday's is that of the Friday.
 */
public final class Bars {
  private final Frequency frequency;
  private final Frequency source;
  private long[] periods = new long[16];
  private double[] open = new double[16];
  private double[] high = new double[16];
  private double[] low = new double[16];
  private double[] close = new double[16];
  private double[] coverage = new double[16];
  private String[] statuses = new String[16];
  private int size;

  /** No bars yet. */
  public Bars(Frequency frequency) {
    this(frequency, frequency);
  }

  /**
   * @param source the frequency of what they are made of
   */
  private Bars(Frequency frequency, Frequency source) {
    this.frequency = frequency;
    this.source = source;
  }

  /** Adds the bar of the observation of a period: all four are its value. */
  public void add(Instant start, double value, String status) {
    add(start, value, value, value, value, status);
  }

  /**
   * Adds a bar that is later than all others. If one of the four is not a finite number, the period
   * has no bar.
   */
  public void add(
      Instant start, double opening, double highest, double lowest, double closing, String status) {
    if (Double.isFinite(opening)
        && Double.isFinite(highest)
        && Double.isFinite(lowest)
        && Double.isFinite(closing)) {
      long period = frequency.number(start);
      put(next(period), opening, highest, lowest, closing);
      coverage[size - 1] = 1;
      statuses[size - 1] = status;
    }
  }

  private int next(long period) {
    if (size == periods.length) {
      int more = 2 * size;
      periods = Arrays.copyOf(periods, more);
      open = Arrays.copyOf(open, more);
      high = Arrays.copyOf(high, more);
      low = Arrays.copyOf(low, more);
      close = Arrays.copyOf(close, more);
      coverage = Arrays.copyOf(coverage, more);
      statuses = Arrays.copyOf(statuses, more);
    }
    periods[size] = period;
    return size++;
  }

  private void put(int at, double opening, double highest, double lowest, double closing) {
    open[at] = opening;
    high[at] = highest;
    low[at] = lowest;
    close[at] = closing;
  }

  /** True if there can be bars of a frequency: it is the same, or longer and not within days. */
  public static boolean canBe(Frequency own, Frequency longer) {
    return longer == own || (longer.compareTo(own) < 0 && longer.compareTo(Frequency.D) <= 0);
  }

  /**
   * The bars of longer periods, or these for the same frequency. Such a bar opens with the first of
   * its bars and closes with the last. Its coverage is the share of the periods due that have a
   * bar; if that is under 1 its status is {@code I}, else the worst of theirs.
   *
   * @throws IllegalArgumentException unless {@link #canBe}
   */
  public Bars of(Frequency longer) {
    if (!canBe(frequency, longer)) {
      throw new IllegalArgumentException("no " + longer + " of " + frequency);
    }
    if (longer == frequency) {
      return this;
    }
    Resampling resampling = new Resampling(frequency, longer, ZoneOffset.UTC);
    Bars bars = new Bars(longer, frequency);
    for (int i = 0; i < size; i++) {
      long period = resampling.target(frequency.startOf(periods[i]));
      int last = bars.size - 1;
      if (last < 0 || bars.periods[last] != period) {
        bars.put(bars.next(period), open[i], high[i], low[i], close[i]);
        bars.coverage[last + 1] = coverage[i];
        bars.statuses[last + 1] = statuses[i];
      } else {
        bars.high[last] = Math.max(bars.high[last], high[i]);
        bars.low[last] = Math.min(bars.low[last], low[i]);
        bars.close[last] = close[i];
        bars.coverage[last] += coverage[i];
        bars.statuses[last] = Status.worse(bars.statuses[last], statuses[i]);
      }
    }
    for (int i = 0; i < bars.size; i++) {
      long due = resampling.due(bars.periods[i]);
      if (bars.coverage[i] < due) {
        bars.statuses[i] = Status.IMPUTED;
      }
      bars.coverage[i] /= due;
    }
    return bars;
  }

  /** Those from an index on. */
  Bars behind(int first) {
    Bars bars = new Bars(frequency, source);
    for (int i = first; i < size; i++) {
      int at = bars.next(periods[i]);
      bars.put(at, open[i], high[i], low[i], close[i]);
      bars.coverage[at] = coverage[i];
      bars.statuses[at] = statuses[i];
    }
    return bars;
  }

  /** The frequency of the periods. */
  public Frequency frequency() {
    return frequency;
  }

  /** The number of bars. */
  public int size() {
    return size;
  }

  /** The index of the first bar whose period starts at an instant or later. */
  public int from(Instant instant) {
    long period = frequency.number(instant);
    if (frequency.startOf(period).isBefore(instant)) {
      period++;
    }
    int at = Arrays.binarySearch(periods, 0, size, period);
    return at < 0 ? -1 - at : at;
  }

  /**
   * Whether a bar may be made of something before an instant, by the start of its period: that of a
   * month begins with the week of its first Thursday, which may be in the month before.
   */
  public boolean isCut(Instant start, Instant keptFrom) {
    return new Resampling(source, frequency, ZoneOffset.UTC)
        .earliest(frequency.number(start))
        .isBefore(keptFrom);
  }

  /** The index of the first bar that is made of nothing before an instant. */
  int whole(Instant keptFrom) {
    // The weeks of a month begin some days before or after it.
    int first = Math.max(0, from(keptFrom) - 1);
    while (first < size && isCut(start(first), keptFrom)) {
      first++;
    }
    return first;
  }

  /** The start of the period of one of them. */
  public Instant start(int index) {
    return frequency.startOf(periods[index]);
  }

  /** The first value of one of them. */
  public double open(int index) {
    return open[index];
  }

  /** The highest value of one of them. */
  public double high(int index) {
    return high[index];
  }

  /** The lowest value of one of them. */
  public double low(int index) {
    return low[index];
  }

  /** The last value of one of them. */
  public double close(int index) {
    return close[index];
  }

  /** The share of the periods due in one of them that are there, from 0 to 1. */
  public double coverage(int index) {
    return coverage[index];
  }

  /** The status of one of them. */
  public String status(int index) {
    return statuses[index];
  }
}
