package io.refdata.domain.derivation;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The standings of the latest values of a series. Only those that are not whole are kept, each
 * together with those after it (in {@code older}) or before it (in {@code newer}): so what all of
 * them make is known at once, however many they are.
 */
final class RecentStandings {
  private final Deque<Kept> older = new ArrayDeque<>();
  private final Deque<Kept> newer = new ArrayDeque<>();

  /**
   * @param together its own and those that are kept with it
   */
  private record Kept(long period, Standing own, Standing together) {}

  /** Adds that of a period, which is later than all others. */
  void add(long period, Standing standing) {
    if (!standing.isWhole()) {
      Kept before = newer.peekLast();
      newer.addLast(
          new Kept(period, standing, before == null ? standing : before.together().and(standing)));
    }
  }

  /** Forgets those of earlier periods. */
  void forgetBefore(long period) {
    while (!older.isEmpty() && older.getFirst().period() < period) {
      older.removeFirst();
    }
    if (older.isEmpty()) {
      Standing after = Standing.WHOLE;
      while (!newer.isEmpty() && newer.getLast().period() >= period) {
        Kept kept = newer.removeLast();
        after = kept.own().and(after);
        older.addFirst(new Kept(kept.period(), kept.own(), after));
      }
      newer.clear();
    }
  }

  /** That of the earliest if it is of a period; whole if none is kept of it. */
  Standing firstIf(long period) {
    Kept first = older.isEmpty() ? newer.peekFirst() : older.peekFirst();
    return first != null && first.period() == period ? first.own() : Standing.WHOLE;
  }

  /** That of a result of all. */
  Standing all() {
    Standing early = older.isEmpty() ? Standing.WHOLE : older.getFirst().together();
    return newer.isEmpty() ? early : early.and(newer.getLast().together());
  }
}
