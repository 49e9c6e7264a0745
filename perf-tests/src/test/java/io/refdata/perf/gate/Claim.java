package io.refdata.perf.gate;

/**
 * A claim of a system that the platform grew from, measured again here, both sides in one run.
 *
 * @param claimed the figure that was claimed
 * @param measured the same figure of the platform
 * @param unit the unit of both: {@code %}, {@code ms}, {@code rows/s} or {@code statements}
 * @param platform the platform's side, as text with its unit
 * @param other the other side as text; empty where the claim is a single figure
 * @param how how it was measured
 */
public record Claim(
    String id,
    String system,
    String what,
    double claimed,
    double measured,
    String unit,
    boolean moreIsBetter,
    String platform,
    String other,
    String how) {

  /** Whether the platform reaches the claimed figure. */
  public boolean isHeld() {
    return moreIsBetter ? measured >= claimed : measured <= claimed;
  }
}
