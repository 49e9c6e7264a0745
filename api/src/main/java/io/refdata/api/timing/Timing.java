package io.refdata.api.timing;

import io.refdata.persistence.sql.Statements;
import org.jspecify.annotations.Nullable;

/** What the request that a thread works on has taken so far. */
public final class Timing {
  private static final ThreadLocal<@Nullable Timing> CURRENT = new ThreadLocal<>();

  private final long start = System.nanoTime();
  private final Statements statements = Statements.begin();
  private volatile long encoding;

  private Timing() {}

  /** Takes the time from now on. */
  static Timing begin() {
    Timing begun = new Timing();
    CURRENT.set(begun);
    return begun;
  }

  /** This thread is done with the request. */
  static void end() {
    CURRENT.remove();
    Statements.end();
  }

  /** Reports that an answer was put into its bytes. */
  public static void encoded(long nanos) {
    Timing current = CURRENT.get();
    if (current != null) {
      current.encoding = nanos;
    }
  }

  /**
   * As it stands in {@code Server-Timing}, durations in milliseconds.
   *
   * @param cache what became of the look-up among kept answers
   */
  String header(String cache) {
    return ServerTiming.header(
        System.nanoTime() - start, statements.nanos(), statements.count(), encoding, cache);
  }
}
