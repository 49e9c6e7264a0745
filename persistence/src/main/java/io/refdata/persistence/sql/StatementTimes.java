package io.refdata.persistence.sql;

import io.refdata.settings.Setting;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * The times of the statements of one name in this server, from the call until PostgreSQL began to
 * answer. The counts only rise; the slowest call is that since it was last taken.
 */
public final class StatementTimes {
  /** From this time on a statement is slow: {@code -Drefdata.slow-statement}. */
  private static final long SLOW = Setting.SLOW_STATEMENT.time().toNanos();

  /** The characters of a slow call that are stored: {@code -Drefdata.slow-statement.characters}. */
  private static final int CHARACTERS = (int) Setting.SLOW_STATEMENT_CHARACTERS.number();

  private static final double NANOS_A_MILLISECOND = 1e6;
  private static final Map<String, StatementTimes> ALL = new ConcurrentHashMap<>();

  private final Latencies latencies = new Latencies();
  private final LongAdder nanos = new LongAdder();
  private final LongAdder calls = new LongAdder();
  private final LongAdder slow = new LongAdder();
  private final AtomicReference<@Nullable Call> slowest = new AtomicReference<>();
  private volatile long lastSlowest;

  private StatementTimes() {}

  /**
   * The slowest call.
   *
   * @param text the statement with its values; null if it was not slow, or if it is unknown
   */
  public record Call(long nanos, Instant at, @Nullable String text) {}

  /**
   * All that was counted.
   *
   * @param buckets the number of calls in each bucket
   */
  public record Counts(long nanos, long slow, long[] buckets) {
    /** The counts since earlier ones of the same name. */
    public Counts since(Counts before) {
      long[] added = buckets.clone();
      for (int i = 0; i < added.length; i++) {
        added[i] -= before.buckets[i];
      }
      return new Counts(nanos - before.nanos, slow - before.slow, added);
    }

    /** The number of calls. */
    public long calls() {
      return Arrays.stream(buckets).sum();
    }

    /** The mean in milliseconds; there must be calls. */
    public double meanMillis() {
      return nanos / NANOS_A_MILLISECOND / calls();
    }

    /**
     * The milliseconds that a share of the calls took at most, at most 12.5 % too high; there must
     * be calls.
     */
    public double percentileMillis(double share) {
      double reached = Math.ceil(share * calls());
      int bucket = -1;
      for (long upTo = 0; upTo < reached; upTo += buckets[bucket]) {
        bucket++;
      }
      return Latencies.end(bucket) / NANOS_A_MILLISECOND;
    }
  }

  /** The times of a name. */
  public static StatementTimes of(String name) {
    StatementTimes times = ALL.get(name);
    return times == null ? ALL.computeIfAbsent(name, added -> new StatementTimes()) : times;
  }

  /** The times of all names. */
  public static Map<String, StatementTimes> all() {
    return new TreeMap<>(ALL);
  }

  /**
   * Records a call.
   *
   * @param duration in nanoseconds
   * @param statement has the values; null if they are unknown
   */
  public void record(long duration, @Nullable Statement statement) {
    latencies.record(duration);
    nanos.add(duration);
    calls.increment();
    if (duration >= SLOW) {
      slow.increment();
    }
    Call before = slowest.get();
    if (before == null || duration > before.nanos()) {
      String text = duration >= SLOW && statement != null ? text(statement) : null;
      Call call = new Call(duration, Instant.now(), text);
      slowest.accumulateAndGet(
          call, (old, added) -> old == null || added.nanos() > old.nanos() ? added : old);
    }
  }

  /** The text as the driver has it, with the values in place. */
  private static @Nullable String text(Statement statement) {
    try {
      String text = statement.unwrap(PGStatement.class).toString();
      return text.length() <= CHARACTERS ? text : text.substring(0, CHARACTERS) + "…";
    } catch (SQLException e) {
      return null; // closed meanwhile
    }
  }

  /** The counts now. */
  public Counts counts() {
    return new Counts(nanos.sum(), slow.sum(), latencies.counts());
  }

  /** Takes the slowest call since this was last called; null if there was none. */
  public @Nullable Call takeSlowest() {
    Call taken = slowest.getAndSet(null);
    lastSlowest = taken == null ? 0 : taken.nanos();
    return taken;
  }

  /** The number of calls. */
  public long calls() {
    return calls.sum();
  }

  /** The time of all calls, in nanoseconds. */
  public long nanos() {
    return nanos.sum();
  }

  /**
   * The time of the slowest call since the slowest was last taken, or before, in nanoseconds; 0 if
   * there was none.
   */
  public long recentMax() {
    Call now = slowest.get();
    return Math.max(lastSlowest, now == null ? 0 : now.nanos());
  }
}
