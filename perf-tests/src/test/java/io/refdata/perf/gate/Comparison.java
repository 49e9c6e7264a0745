package io.refdata.perf.gate;

import io.refdata.persistence.performance.Target;
import io.refdata.persistence.performance.Verdict;

/**
 * A value compared with that of a baseline.
 *
 * @param before the baseline's value
 * @param noise the difference that means nothing: the greater noise of the two runs
 * @param verdict a warning if the value is worse by more than the noise, critical if by more than
 *     twice the noise
 */
public record Comparison(double before, double noise, Verdict verdict) {

  /** Compares a current value. */
  static Comparison of(Target target, double before, double noiseBefore, Measurement now) {
    double noise = Math.max(noiseBefore, now.noise());
    double worse = target.worsening(before, now.value());
    Verdict verdict = Verdict.PASS;
    if (worse > noise) {
      verdict = worse > 2 * noise ? Verdict.CRITICAL : Verdict.WARNING;
    }
    return new Comparison(before, noise, verdict);
  }
}
