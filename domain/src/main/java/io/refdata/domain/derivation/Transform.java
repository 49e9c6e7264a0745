package io.refdata.domain.derivation;

import static java.util.stream.Collectors.joining;

import io.refdata.domain.dataset.Frequency;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A formula that makes a series of changes, rates or averages of a series. Names and formulas are
 * those of FRED, the data service of the Federal Reserve Bank of St. Louis, which documents them at
 * <a href="https://alfred.stlouisfed.org/help#growth_formulas">growth formulas</a>; {@code index},
 * {@code ma}, {@code ema} and {@code sum} are added. The predecessor of a value is that of the
 * period before, not the value before: after a gap there is none. A result that lacks a
 * predecessor, or that would not be a finite number, is missing.
 */
public final class Transform {
  /**
   * The names of the formulas. There, x<sub>t</sub> is the value of a period, and n is the number
   * of periods in a year.
   */
  public enum Name {
    /** x<sub>t</sub>. */
    LIN,
    /** x<sub>t</sub> - x<sub>t-1</sub>. */
    CHG,
    /** x<sub>t</sub> - x<sub>t-n</sub>. */
    CH1,
    /** (x<sub>t</sub> / x<sub>t-1</sub> - 1) * 100. */
    PCH,
    /** (x<sub>t</sub> / x<sub>t-n</sub> - 1) * 100. */
    PC1,
    /** ((x<sub>t</sub> / x<sub>t-1</sub>)<sup>n</sup> - 1) * 100. */
    PCA,
    /** (ln x<sub>t</sub> - ln x<sub>t-1</sub>) * 100. */
    CCH,
    /** (ln x<sub>t</sub> - ln x<sub>t-1</sub>) * 100 * n. */
    CCA,
    /** ln x<sub>t</sub>. */
    LOG,
    /** x<sub>t</sub> / x<sub>b</sub> * 100 with a base period b. */
    INDEX,
    /** The mean of the last so many periods. */
    MA,
    /**
     * The exponential moving average e<sub>t</sub> = e<sub>t-1</sub> + 2 / (m + 1) * (x<sub>t</sub>
     * - e<sub>t-1</sub>). The first one is the mean of the first m periods. After a gap it begins
     * again.
     */
    EMA,
    /** The sum of the last so many periods. */
    SUM;

    boolean hasWindow() {
      return this == MA || this == EMA || this == SUM;
    }

    boolean isFromYearAgo() {
      return this == CH1 || this == PC1;
    }

    /** True if the result is a percentage, whatever the unit of the values. */
    public boolean isPercent() {
      return switch (this) {
        case PCH, PC1, PCA, CCH, CCA -> true;
        case LIN, CHG, CH1, LOG, INDEX, MA, EMA, SUM -> false;
      };
    }

    /** True if the result is a plain number, without a unit. */
    public boolean isPlainNumber() {
      return this == LOG || this == INDEX;
    }
  }

  private static final String EXPECTATION =
      "must be one of "
          + Arrays.stream(Name.values())
              .map(name -> form(name, name.hasWindow() ? "<periods>" : "<period>"))
              .collect(joining(", "));

  private final Name name;
  private final Frequency frequency;
  private final int window;
  private final long base;

  private Transform(Name name, Frequency frequency, int window, long base) {
    this.name = name;
    this.frequency = frequency;
    this.window = window;
    this.base = base;
  }

  private static String form(Name name, String argument) {
    String lower = name.name().toLowerCase(Locale.ROOT);
    return name.hasWindow() || name == Name.INDEX ? lower + ":" + argument : lower;
  }

  /**
   * The transform that a text names, like {@code pch}, {@code ma:12} or {@code index:2015}.
   *
   * @param frequency the frequency of the values
   * @param mostPeriods the longest window
   * @throws IllegalArgumentException if it names none; the message says why
   */
  public static Transform parse(String text, Frequency frequency, int mostPeriods) {
    int colon = text.indexOf(':');
    String word = colon < 0 ? text : text.substring(0, colon);
    String argument = colon < 0 ? "" : text.substring(colon + 1);
    Name name =
        Arrays.stream(Name.values())
            .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
            .filter(one -> colon >= 0 == (one.hasWindow() || one == Name.INDEX))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(EXPECTATION));
    if (name == Name.INDEX) {
      Optional<Instant> base = frequency.parse(argument);
      return new Transform(
          name,
          frequency,
          1,
          frequency.number(
              base.orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "'%s' is not a period of %s data"
                              .formatted(argument, frequency.adjective())))));
    }
    return new Transform(
        name, frequency, name.hasWindow() ? window(argument, mostPeriods) : 1, Long.MIN_VALUE);
  }

  /**
   * The transform over the values of the last so many periods.
   *
   * @param name one that has a window: {@link Name#MA}, {@link Name#EMA} or {@link Name#SUM}
   */
  public static Transform over(Name name, Frequency frequency, int periods) {
    if (!name.hasWindow() || periods < 1) {
      throw new IllegalArgumentException(name + " over " + periods + " periods");
    }
    return new Transform(name, frequency, periods, Long.MIN_VALUE);
  }

  private static int window(String text, int most) {
    boolean digits =
        !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int periods = digits ? Integer.parseInt(text) : 0;
    if (periods < 1 || periods > most) {
      throw new IllegalArgumentException(
          "needs a whole number of periods from 1 to " + most + ", not '" + text + "'");
    }
    return periods;
  }

  /** Which formula it is. */
  public Name name() {
    return name;
  }

  /** The number of the base period; empty if there is none. */
  public OptionalLong base() {
    return name == Name.INDEX ? OptionalLong.of(base) : OptionalLong.empty();
  }

  /**
   * The number of periods before a period that its result depends on at most; empty if on all that
   * there are.
   */
  public OptionalLong lookback() {
    return switch (name) {
      case LIN, LOG, INDEX -> OptionalLong.of(0);
      case CHG, PCH, PCA, CCH, CCA -> OptionalLong.of(1);
      case CH1, PC1 -> OptionalLong.of(YearAgo.atMost(frequency));
      case MA, SUM -> OptionalLong.of(window - 1);
      case EMA -> OptionalLong.empty();
    };
  }

  /** Begins a series whose values come one after the other, by time. */
  public Transformation begin() {
    return switch (name) {
      case LIN -> (period, value) -> value;
      case LOG -> (period, value) -> finite(Predecessors.log(value));
      case INDEX -> new Indexed(base);
      case CHG, CH1, PCH, PC1, PCA, CCH, CCA -> new Predecessors(this, frequency);
      case MA, SUM -> new MovingWindow(window, name == Name.MA);
      case EMA -> new MovingExponential(window);
    };
  }

  /** The result if it is finite, else {@code NaN}. */
  public static double finite(double result) {
    return Double.isFinite(result) ? result : Double.NaN;
  }
}
