package io.refdata.api.timing;

import io.refdata.persistence.statement.Statements;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the request that a thread works on has taken so far. */
public final class Timing {
  private static final ThreadLocal<@Nullable Timing> CURRENT = new ThreadLocal<>();
  private static final double NANOS_A_MILLISECOND = 1e6;

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
    return String.format(
        Locale.ROOT,
        "total;dur=%.2f, db;dur=%.2f;desc=\"%d statement%s\", encode;dur=%.2f,"
            + " cache;desc=\"%s\"",
        (System.nanoTime() - start) / NANOS_A_MILLISECOND,
        statements.nanos() / NANOS_A_MILLISECOND,
        statements.count(),
        statements.count() == 1 ? "" : "s",
        encoding / NANOS_A_MILLISECOND,
        cache);
  }
}
