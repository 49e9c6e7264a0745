package io.refdata.domain.derivation;

import io.refdata.domain.dataset.Frequency;
import java.util.OptionalLong;

/**
 * The standings of the results of a transform in one series: each is that of all values that its
 * formula uses, so that a member which drops out of one sum is named in each result of that sum.
 */
public final class ResultStandings {
  private final Transform transform;
  private final Frequency frequency;
  private final RecentStandings recent = new RecentStandings();
  private Standing base = Standing.WHOLE;
  private Standing sinceBegun = Standing.WHOLE;
  private long last = Long.MIN_VALUE;

  /**
   * @param frequency that of the values
   */
  public ResultStandings(Transform transform, Frequency frequency) {
    this.transform = transform;
    this.frequency = frequency;
  }

  /** Tells the standing of the value of the base period, before the first result. */
  public void base(Standing standing) {
    base = standing;
  }

  /**
   * The standing of the result for a period.
   *
   * @param period its number, larger than that of the period before
   * @param value the value of the period; {@code NaN} if it is missing
   * @param own the standing of the value
   */
  public Standing next(long period, double value, Standing own) {
    return switch (transform.name()) {
      case LIN, LOG -> own;
      case INDEX -> own.and(base);
      case CHG, CH1, PCH, PC1, PCA, CCH, CCA -> withPredecessor(period, own);
      case MA, SUM -> ofWindow(period, own);
      case EMA -> sinceBegun(period, value, own);
    };
  }

  private Standing withPredecessor(long period, Standing own) {
    recent.add(period, own);
    OptionalLong before = Predecessors.before(transform.name(), frequency, period);
    if (before.isEmpty()) {
      return own;
    }
    recent.forgetBefore(before.getAsLong());
    return own.and(recent.firstIf(before.getAsLong()));
  }

  private Standing ofWindow(long period, Standing own) {
    recent.add(period, own);
    recent.forgetBefore(period - transform.lookback().orElseThrow());
    return own.and(recent.all());
  }

  private Standing sinceBegun(long period, double value, Standing own) {
    boolean follows = period - 1 == last;
    last = period;
    if (!Double.isFinite(value)) {
      sinceBegun = Standing.WHOLE;
      return own;
    }
    sinceBegun = follows ? sinceBegun.and(own) : own;
    return own.and(sinceBegun);
  }
}
