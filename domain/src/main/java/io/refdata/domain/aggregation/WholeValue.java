package io.refdata.domain.aggregation;

import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.ExactSum;
import io.refdata.domain.derivation.Period;
import io.refdata.domain.derivation.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of a group in one period, made of those of its members. It tells of each member that is
 * due whether it is there, so that one that is missing never makes a sum smaller in silence.
 */
public final class WholeValue {
  /** Divided by this, a value and its weight have a product, and all weights a sum. */
  private static final double SCALE = 0x1p540;

  private final Aggregation rule;
  private final ExactSum sum = new ExactSum();
  private final ExactSum weights = new ExactSum();
  private final List<String> missing = new ArrayList<>();
  private @Nullable ExactSum large;
  private int present;
  private double least = Double.NaN;
  private double greatest = Double.NaN;
  private @Nullable String status;

  /**
   * A period of which nothing is known yet.
   *
   * @param rule SUM, MEAN, MIN or MAX: members have no first and last
   */
  public WholeValue(Aggregation rule) {
    if (rule == Aggregation.FIRST || rule == Aggregation.LAST) {
      throw new IllegalArgumentException("no rule for members: " + rule);
    }
    this.rule = rule;
  }

  /**
   * Adds a member that is due.
   *
   * @param value its value, {@code NaN} if it is missing
   * @param itsStatus the status of the value
   * @param weight of the value in a mean, 1 if all weigh the same; {@code NaN} if it has none: then
   *     the member is missing
   */
  public void add(String member, double value, String itsStatus, double weight) {
    if (!Double.isFinite(value) || !Double.isFinite(weight) || weight < 0) {
      missing.add(member);
      return;
    }
    present++;
    status = status == null ? itsStatus : Status.worse(status, itsStatus);
    switch (rule) {
      case SUM -> sum.add(value * weight);
      case MEAN -> weigh(value, weight);
      case MIN, MAX -> {}
      case FIRST, LAST -> throw new IllegalStateException(rule.name());
    }
    least = present == 1 ? value : Math.min(least, value);
    greatest = present == 1 ? value : Math.max(greatest, value);
  }

  private void weigh(double value, double weight) {
    double weighed = value * weight;
    if (Double.isFinite(weighed)) {
      sum.add(weighed);
    } else {
      large = large == null ? new ExactSum() : large;
      large.add(value / SCALE * (weight / SCALE));
    }
    weights.add(weight);
  }

  private double mean() {
    if (large == null && !weights.isTooLarge()) {
      return Period.mean(sum, weights.value(), least, greatest);
    }
    double products = large == null ? 0 : large.value();
    double weighed = products + sum.dividedBy(SCALE) / SCALE;
    return Period.within(weighed / weights.dividedBy(SCALE) * SCALE, least, greatest);
  }

  /** The value; {@code NaN} if no member is there, or it would be no finite number. */
  public double value() {
    double value =
        switch (rule) {
          case SUM -> present == 0 ? Double.NaN : sum.value();
          case MEAN -> mean();
          case MIN -> least;
          default -> greatest;
        };
    return Double.isFinite(value) ? value : Double.NaN;
  }

  /** The members that are there of those that are due, from 0 to 1; 1 if none is due. */
  public double coverage() {
    return missing.isEmpty() ? 1 : (double) present / (present + missing.size());
  }

  /**
   * {@code M} if the members make no finite number; else {@code I} if one is missing; else the
   * worst status of the members.
   */
  public String status() {
    if (present > 0 && Double.isNaN(value())) {
      return Status.CANNOT_EXIST;
    }
    return !missing.isEmpty() || status == null ? Status.IMPUTED : status;
  }

  /** The members that are due and not there, in the order in which they were added. */
  public List<String> missing() {
    return List.copyOf(missing);
  }
}
