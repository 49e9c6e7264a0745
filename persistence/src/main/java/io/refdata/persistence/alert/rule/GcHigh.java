package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;

/** A node spends much of its time with garbage collections, while all else stands still. */
@ApplicationScoped
public class GcHigh implements AlertRule {
  private static final long NONE = -1;

  private long lookedAt = NONE;
  private long before;

  @Override
  public Description description() {
    return new Description(
        "GC_HIGH",
        Scope.NODE,
        "percent",
        Bounds.atLeast(10.0, 30.0).margin(0.3),
        "/api/v1/database/caches");
  }

  @Override
  public synchronized List<Situation> evaluate(Handle database) {
    long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    long spent = spent();
    boolean first = lookedAt == NONE;
    long time = Math.max(1, now - lookedAt);
    long collecting = spent - before;
    lookedAt = now;
    before = spent;
    return first
        ? List.of()
        : List.of(
            new Situation(
                Map.of(),
                Math.min(100, 100.0 * collecting / time),
                "Garbage collections took %d of the last %d ms".formatted(collecting, time)));
  }

  /** Milliseconds since the start. What collectors do beside the application does not count. */
  private static long spent() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(collector -> !isConcurrent(collector.getName()))
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .filter(time -> time > 0)
        .sum();
  }

  private static boolean isConcurrent(String collector) {
    return collector.contains("Concurrent") || collector.contains("Cycles");
  }
}
