package io.refdata.persistence.alert.rule;

import io.refdata.settings.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The growth of the bytes in use on a disk, from look to look. It needs an hour to say something:
 * it compares with the oldest look of the last day, at most one an hour.
 */
final class Growth {
  private static final Duration AHEAD = Setting.ALERTS_DISK_AHEAD.time();
  private static final Duration BETWEEN = Duration.ofHours(1);
  private static final int MOST = 24;
  private static final double SECONDS_A_DAY = 86_400;

  private final Deque<Look> looks = new ArrayDeque<>();

  private record Look(Instant at, long bytes) {}

  /**
   * Adds a look.
   *
   * @return bytes a day; null if it is not known yet
   */
  @Nullable Double add(long bytes, Instant now) {
    if (looks.isEmpty() || !now.isBefore(looks.getLast().at().plus(BETWEEN))) {
      looks.addLast(new Look(now, bytes));
      if (looks.size() > MOST) {
        looks.removeFirst();
      }
    }
    Look first = looks.getFirst();
    Duration time = Duration.between(first.at(), now);
    return time.compareTo(BETWEEN) < 0
        ? null
        : (bytes - first.bytes()) * SECONDS_A_DAY / time.toSeconds();
  }

  /** The percent of a disk that are in use now, or will be soon if it goes on growing like this. */
  static double percent(long used, long all, @Nullable Double perDay) {
    double more = perDay == null || perDay <= 0 ? 0 : perDay * AHEAD.toSeconds() / SECONDS_A_DAY;
    return Math.min(100, 100 * (used + more) / all);
  }

  /** When a disk is full, as the end of a sentence. */
  static String full(long free, @Nullable Double perDay) {
    return perDay == null || perDay <= 0
        ? "it does not grow"
        : "it is full in %.1f days".formatted(free / perDay);
  }
}
