package io.refdata.domain.rollup;

import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.ExactSum;
import io.refdata.domain.derivation.Period;
import io.refdata.domain.derivation.Status;
import io.refdata.domain.derivation.Transform;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of the observations of one period of a longer frequency: enough to tell its value
 * by each rule, with the bits that the {@link Period} of these observations has.
 *
 * @param count the number of values, missing ones not counted
 * @param sum their sum, rounded once; {@code NaN} without values, or if it is too large
 * @param mean their mean if the sum is too large; else {@code NaN}, as the sum tells it
 * @param least the smallest; {@code NaN} without values, as all below
 * @param greatest the largest
 * @param first the earliest
 * @param last the latest
 * @param status the worst status of the values; null without any
 * @param present how many of the periods due are there: the number of values, but of a region that
 *     is worked out from its members, each counts as its own coverage
 * @param missing the members of a region that are missing in any of its values, by code; none of a
 *     series in the data
 */
public record Bucket(
    int count,
    double sum,
    double mean,
    double least,
    double greatest,
    double first,
    double last,
    @Nullable String status,
    double present,
    List<String> missing) {

  /** The value by a rule; {@code NaN} if there is none, or it would be too large. */
  public double value(Aggregation rule) {
    return switch (rule) {
      case SUM -> sum;
      case MEAN -> Double.isNaN(sum) ? mean : Period.within(sum / count, least, greatest);
      case MIN -> least;
      case MAX -> greatest;
      case FIRST -> first;
      case LAST -> last;
    };
  }

  /** The share of the periods due that have a value, from 0 to 1. */
  public double coverage(long due) {
    return Period.share(present, due);
  }

  /**
   * {@code M} if the values make no finite number by the rule; else {@code I} if something is
   * missing; else the worst status of the values.
   */
  public String status(Aggregation rule, long due) {
    if (count > 0 && Double.isNaN(value(rule))) {
      return Status.CANNOT_EXIST;
    }
    return present < due || status == null ? Status.IMPUTED : status;
  }

  /** Makes a bucket of values, given in the order of time. It adds up as {@link Period} does. */
  public static final class Filling {
    private final ExactSum sum = new ExactSum();
    private int count;
    private double least = Double.NaN;
    private double greatest = Double.NaN;
    private double first = Double.NaN;
    private double last = Double.NaN;
    private @Nullable String worst;
    private double present;
    private final Set<String> without = new TreeSet<>();

    /** Adds a value that is there as a whole. */
    public void add(double value, String status) {
      add(value, status, 1, List.of());
    }

    /**
     * Adds a value.
     *
     * @param value {@code NaN} if it is missing; then it does not count, nor does its status
     * @param share its own coverage
     * @param missing who is missing in it, or makes it missing
     */
    public void add(double value, String status, double share, Collection<String> missing) {
      without.addAll(missing);
      if (!Double.isFinite(value)) {
        return;
      }
      worst = worst == null ? status : Status.worse(worst, status);
      sum.add(value);
      least = count == 0 ? value : Math.min(least, value);
      greatest = count == 0 ? value : Math.max(greatest, value);
      first = count == 0 ? value : first;
      last = value;
      present += share;
      count++;
    }

    /** The bucket of what was added. */
    public Bucket bucket() {
      double total = count == 0 ? Double.NaN : Transform.finite(sum.value());
      return new Bucket(
          count,
          total,
          Double.isNaN(total) ? Period.mean(sum, count, least, greatest) : Double.NaN,
          least,
          greatest,
          first,
          last,
          worst,
          present,
          List.copyOf(without));
    }
  }
}
