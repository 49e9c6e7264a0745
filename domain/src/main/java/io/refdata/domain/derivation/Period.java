package io.refdata.domain.derivation;

import org.jspecify.annotations.Nullable;

/**
 * The values that make up one value of a longer period, in the order of time.
 *
 * <p>Its coverage is the share of the periods due that are there; one that is itself worked out
 * from less than all counts as its own share.
 */
public final class Period {
  /** A share is plain if it has nine decimals at most. */
  private static final double PLAIN = 1e9;

  /** What adding up some thousand shares may lose. */
  private static final double LOST = 1e-12;

  private final Aggregation aggregation;
  private final ExactSum sum = new ExactSum();
  private int count;
  private double least = Double.NaN;
  private double greatest = Double.NaN;
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
      case MIN, MAX -> {}
    }
    least = count == 0 ? value : Math.min(least, value);
    greatest = count == 0 ? value : Math.max(greatest, value);
    count++;
  }

  /** The value; {@code NaN} if there is none, or it would be too large. */
  public double value() {
    if (count == 0) {
      return Double.NaN;
    }
    return switch (aggregation) {
      case SUM -> Transform.finite(sum.value());
      case MEAN -> mean(sum, count, least, greatest);
      case MIN -> least;
      case MAX -> greatest;
      case FIRST, LAST -> chosen;
    };
  }

  /**
   * The mean of values. Their sum is rounded, but no mean leaves the range of its values: of equal
   * ones it is their value.
   *
   * @param weight the number of the values, or what they weigh together
   * @return {@code NaN} if nothing weighs anything
   */
  public static double mean(ExactSum sum, double weight, double least, double greatest) {
    return within(sum.dividedBy(weight), least, greatest);
  }

  /** A mean in the range of its values; {@code NaN} if there is none. */
  public static double within(double mean, double least, double greatest) {
    return Math.max(least, Math.min(greatest, mean));
  }

  /** The share of the periods due that are there, from 0 to 1. */
  public double coverage(long due) {
    return share(present, due);
  }

  /**
   * The share that is there of what is due. Shares that were added up have lost their last digits:
   * twelve times 0.8 of 12 is 0.8 all the same.
   */
  public static double share(double present, long due) {
    double share = present / due;
    double plain = Math.rint(share * PLAIN) / PLAIN;
    return Math.abs(share - plain) < LOST ? plain : share;
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
