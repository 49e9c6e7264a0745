package io.refdata.domain.derivation;

import org.jspecify.annotations.Nullable;

/**
 * The values that make up one value of a longer period, in the order of time.
 *
 * <p>Its coverage is the share of the periods due that are there; one that is itself worked out
 * from less than all counts as its own share.
 */
public final class Period {
  private final Aggregation aggregation;
  private final ExactSum sum = new ExactSum();
  private int count;
  private double chosen = Double.NaN;
  private double present;
  private @Nullable String status;

  /** A period without values. */
  public Period(Aggregation aggregation) {
    this.aggregation = aggregation;
  }

  /**
   * Adds an observation.
   *
   * @param value its value, {@code NaN} if it is missing
   * @param share its own coverage
   */
  public void add(double value, String itsStatus, double share) {
    if (!Double.isFinite(value)) {
      return;
    }
    status = status == null ? itsStatus : Status.worse(status, itsStatus);
    present += share;
    switch (aggregation) {
      case SUM, MEAN -> sum.add(value);
      case FIRST -> chosen = count == 0 ? value : chosen;
      case LAST -> chosen = value;
      case MIN -> chosen = count == 0 ? value : Math.min(chosen, value);
      case MAX -> chosen = count == 0 ? value : Math.max(chosen, value);
    }
    count++;
  }

  /** The value; {@code NaN} if there is none, or it would be too large. */
  public double value() {
    if (count == 0) {
      return Double.NaN;
    }
    return switch (aggregation) {
      case SUM -> Transform.finite(sum.value());
      case MEAN -> Transform.finite(sum.value() / count);
      case FIRST, LAST, MIN, MAX -> chosen;
    };
  }

  /** The share of the periods due that are there, from 0 to 1. */
  public double coverage(long due) {
    return present / due;
  }

  /**
   * {@code M} if the values make no finite number; else {@code I} if something is missing; else the
   * worst status of the values.
   */
  public String status(long due) {
    if (count > 0 && Double.isNaN(value())) {
      return Status.CANNOT_EXIST;
    }
    return present < due || status == null ? Status.IMPUTED : status;
  }
}
