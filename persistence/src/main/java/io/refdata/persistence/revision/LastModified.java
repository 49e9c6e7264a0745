package io.refdata.persistence.revision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something changed last, as HTTP says it (RFC 9110, 8.8.2): to the second, rounded up.
 *
 * @param second the seconds since 1970
 * @param isOnly whether it changed once only in this second. If not, a client that knows this
 *     second may have the state between two changes
 */
public record LastModified(long second, boolean isOnly) {
  /**
   * @param last when it changed last
   * @param before when it changed before that; null if it did not
   */
  static LastModified of(Instant last, @Nullable Instant before) {
    long second = roundedUp(last);
    return new LastModified(second, before == null || roundedUp(before) < second);
  }

  /**
   * The same of something that changes at the start of a day too, without a write.
   *
   * @param midnight the second of the start of the current day
   */
  LastModified since(long midnight) {
    // A change in the last second before midnight is dated midnight too.
    return second > midnight ? this : new LastModified(midnight, second < midnight);
  }

  private static long roundedUp(Instant instant) {
    return instant.getEpochSecond() + (instant.getNano() > 0 ? 1 : 0);
  }

  /** Whether a client that has the state of a second has the current one. */
  public boolean isKnownTo(long clientSecond) {
    return isOnly ? clientSecond >= second : clientSecond > second;
  }
}
