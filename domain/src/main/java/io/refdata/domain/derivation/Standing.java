package io.refdata.domain.derivation;

import java.util.List;
import java.util.TreeSet;

/**
 * The status and the completeness of a value. What is worked out from several values is no better
 * than the worst of them.
 *
 * @param status of SDMX's CL_OBS_STATUS
 * @param coverage the share of what it is worked out from that is there, from 0 to 1; {@code NaN}
 *     if it is one observation
 * @param missing the codes of the members of a region that are due in it and not there
 */
public record Standing(String status, double coverage, List<String> missing) {
  /** That of one normal observation. */
  public static final Standing WHOLE = new Standing(Status.NORMAL, Double.NaN, List.of());

  /** True if nothing has to be said about what is worked out from it. */
  boolean isWhole() {
    return status.equals(Status.NORMAL) && !(coverage < 1) && missing.isEmpty();
  }

  /**
   * That of a result of two values: the worse status, the lower coverage, who is missing in any.
   */
  Standing and(Standing other) {
    if (other.isWhole()) {
      return this;
    }
    double least = Double.isNaN(coverage) ? other.coverage : Math.min(coverage, orOne(other));
    return new Standing(Status.worse(status, other.status), least, both(missing, other.missing));
  }

  private static double orOne(Standing one) {
    return Double.isNaN(one.coverage) ? 1 : one.coverage;
  }

  private static List<String> both(List<String> some, List<String> others) {
    if (some.isEmpty() || some.equals(others)) {
      return others;
    }
    if (others.isEmpty()) {
      return some;
    }
    TreeSet<String> all = new TreeSet<>(some);
    all.addAll(others);
    return List.copyOf(all);
  }
}
