package io.refdata.domain.derivation;

/** The statuses of SDMX's CL_OBS_STATUS as far as values are worked out from several. */
public final class Status {
  /** A normal value. */
  public static final String NORMAL = "A";

  /** Missing, and cannot exist. */
  public static final String CANNOT_EXIST = "M";

  /** Imputed: worked out from less than all that was due. */
  public static final String IMPUTED = "I";

  /**
   * From the worst on: forecast, imputed, estimated, provisional, low reliability, unvalidated,
   * break, definition differs, experimental. Then all others, and a normal value at the end.
   */
  private static final String FROM_WORST = "FIEPUVBDG";

  private Status() {}

  /** The one of two statuses that users should rather be told of. */
  public static String worse(String one, String other) {
    int first = rank(one);
    int second = rank(other);
    return second < first || (second == first && other.compareTo(one) < 0) ? other : one;
  }

  private static int rank(String status) {
    if (status.equals(NORMAL)) {
      return FROM_WORST.length() + 1;
    }
    int rank = FROM_WORST.indexOf(status);
    return rank < 0 ? FROM_WORST.length() : rank;
  }
}
