package io.refdata.api.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The recent starts of parts that had ended: a part that ends again and again has a reason to. */
final class Revivals {
  private static final int MOST = 3;
  private static final Duration LATELY = Duration.ofMinutes(10);

  private final Deque<Instant> past = new ArrayDeque<>();

  /**
   * Counts one more.
   *
   * @throws StartFailed if there were too many
   */
  void count(String part) {
    Instant now = Instant.now();
    past.removeIf(each -> each.isBefore(now.minus(LATELY)));
    if (past.size() == MOST) {
      throw new StartFailed(
          part + " has ended by itself, after " + MOST + " starts within ten minutes: given up.");
    }
    past.add(now);
  }
}
