package io.refdata.perf.gate;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What must be held, as {@code targets.yaml} says it.
 *
 * @param id by which a measurement names it
 * @param category of what it is, such as {@code indexes}
 * @param what is asked for, or done
 * @param load under which it is measured
 * @param measure what of it counts, such as a percentile or what it is divided by
 * @param unit of the value and of the bounds
 * @param better whether less of it is better or more
 * @param pass the bound of what passes, itself included
 * @param critical the bound beyond which it is critical; between the two it is a warning
 * @param small holds instead of {@code critical} where a run is small and noisy
 */
public record Target(
    String id,
    String category,
    String what,
    String load,
    String measure,
    Unit unit,
    Better better,
    double pass,
    double critical,
    double small) {

  /**
   * @throws IllegalArgumentException if what is critical would pass
   */
  public Target {
    if (!better.holds(pass, critical) || !better.holds(critical, small)) {
      throw new IllegalArgumentException(
          id + ": of pass, critical and small each must be as lenient as the one before");
    }
  }

  /** Which way is better. */
  public enum Better {
    @JsonProperty("less")
    LESS,
    @JsonProperty("more")
    MORE;

    /** Whether a value is as good as a bound. */
    boolean holds(double value, double bound) {
      return this == LESS ? value <= bound : value >= bound;
    }
  }

  /** What it is counted in. */
  public enum Unit {
    /** Two sides of one run, divided. */
    @JsonProperty("ratio")
    RATIO("", true),
    /** A part of all, from 0 to 1. */
    @JsonProperty("part")
    PART("", true),
    /** SQL statements for one answer. */
    @JsonProperty("statements")
    STATEMENTS(" statements", true),
    /** Pages of 8 KiB that PostgreSQL looks into for one answer. */
    @JsonProperty("blocks")
    BLOCKS(" blocks", true),
    /** Bytes of the heap for each item. */
    @JsonProperty("bytes")
    BYTES(" bytes", true),
    @JsonProperty("ms")
    MILLISECONDS(" ms", false),
    @JsonProperty("requests/s")
    REQUESTS_PER_SECOND(" requests/s", false);

    private final String suffix;
    private final boolean comparable;

    Unit(String suffix, boolean comparable) {
      this.suffix = suffix;
      this.comparable = comparable;
    }

    /** Whether it means the same on another machine. */
    boolean isComparable() {
      return comparable;
    }

    /** A value with its unit. */
    String text(double value) {
      return Figures.text(value) + suffix;
    }
  }

  /**
   * What a value means.
   *
   * @param atSmallScale whether what was measured was small
   */
  Verdict judge(double value, boolean atSmallScale) {
    if (better.holds(value, pass)) {
      return Verdict.PASS;
    }
    return better.holds(value, bound(atSmallScale)) ? Verdict.WARNING : Verdict.CRITICAL;
  }

  /** The bound beyond which it is critical. */
  double bound(boolean atSmallScale) {
    return atSmallScale ? small : critical;
  }

  /** How much worse one value is than another; negative if it is better. */
  double worsening(double before, double now) {
    return better == Better.LESS ? now - before : before - now;
  }
}
