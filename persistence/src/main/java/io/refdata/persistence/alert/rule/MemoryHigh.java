package io.refdata.persistence.alert.rule;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.Bounds;
import io.refdata.persistence.alert.Situation;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The heap of a node is nearly full even after garbage collections. */
@Dependent
public class MemoryHigh implements AlertRule {
  private final GarbageCollections collections;

  @Inject
  public MemoryHigh(GarbageCollections collections) {
    this.collections = collections;
  }

  @Override
  public Description description() {
    return new Description(
        "MEMORY_HIGH",
        Scope.NODE,
        "percent",
        Bounds.atLeast(85.0, 95.0).margin(0.03),
        "/api/v1/database/caches");
  }

  @Override
  public List<Situation> evaluate(Handle database) {
    long used = collections.leastLeft();
    long max = Runtime.getRuntime().maxMemory();
    return List.of(
        new Situation(
            Map.of(),
            100.0 * used / max,
            "Garbage collections leave %,d of %,d bytes of the heap in use".formatted(used, max)));
  }
}
