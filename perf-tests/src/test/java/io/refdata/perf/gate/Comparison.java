package io.refdata.perf.gate;

/**
 * A value beside that of a baseline.
 *
 * @param before the baseline's value
 * @param noise what both differ by without meaning anything: the greater of the two runs' own
 * @param verdict a warning if it is worse by more than the noise, critical by more than twice that
 */
public record Comparison(double before, double noise, Verdict verdict) {

  /** Compares what is measured now. */
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
