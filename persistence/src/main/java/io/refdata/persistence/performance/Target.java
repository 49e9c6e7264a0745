package io.refdata.persistence.performance;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A target of {@code targets.yaml}.
 *
 * @param id the id that a measurement names
 * @param category its category, such as {@code indexes}
 * @param what the request or the work that is measured
 * @param load the load under which it is measured
 * @param measure the figure that counts, such as a percentile or a ratio
 * @param unit the unit of the value and of the bounds
 * @param better whether less or more is better
 * @param pass the last value that passes
 * @param critical the value beyond which it is critical; between the two it is a warning
 * @param small the bound that replaces {@code critical} in a small and noisy run
 * @param test the test that measures it on a running system; null if the release gate measures it
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
    double small,
    @Nullable String test) {

  /**
   * @throws IllegalArgumentException if a critical value would pass
   */
  public Target {
    if (!better.holds(pass, critical) || !better.holds(critical, small)) {
      throw new IllegalArgumentException(
          id + ": of pass, critical and small each must be as lenient as the one before");
    }
  }

  /** The direction that is better. */
  public enum Better {
    @JsonProperty("less")
    LESS,
    @JsonProperty("more")
    MORE;

    /** Whether a value is as good as a bound. */
    public boolean holds(double value, double bound) {
      return this == LESS ? value <= bound : value >= bound;
    }
  }

  /** The unit of a value. */
  public enum Unit {
    /** One side of a run divided by the other. */
    @JsonProperty("ratio")
    RATIO("", true),
    /** A part of all, from 0 to 1. */
    @JsonProperty("part")
    PART("", true),
    /** SQL statements of one response. */
    @JsonProperty("statements")
    STATEMENTS(" statements", true),
    /** Pages of 8 KiB that PostgreSQL reads for one response. */
    @JsonProperty("blocks")
    BLOCKS(" blocks", true),
    /** Bytes of the heap for each item. */
    @JsonProperty("bytes")
    BYTES(" bytes", true),
    /** A number of things that the target names. */
    @JsonProperty("count")
    COUNT("", true),
    @JsonProperty("ns")
    NANOSECONDS(" ns", false),
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

    /** Whether a value means the same on another machine. */
    public boolean isComparable() {
      return comparable;
    }

    /** A value with its unit. */
    public String text(double value) {
      return Figures.text(value) + suffix;
    }
  }

  /**
   * Judges a value.
   *
   * @param atSmallScale whether the run was small
   */
  public Verdict judge(double value, boolean atSmallScale) {
    if (better.holds(value, pass)) {
      return Verdict.PASS;
    }
    return better.holds(value, bound(atSmallScale)) ? Verdict.WARNING : Verdict.CRITICAL;
  }

  /** The bound beyond which a value is critical. */
  public double bound(boolean atSmallScale) {
    return atSmallScale ? small : critical;
  }

  /** The amount by which a value is worse than the one before; negative if it is better. */
  public double worsening(double before, double now) {
    return better == Better.LESS ? now - before : before - now;
  }
}
