package io.refdata.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last known state of the platform. The code that checks a part records its state here, so that
 * a probe costs nothing and does not wait.
 */
public final class Health {
  /** The health of this server; the application sees the same object. */
  public static final Health PLATFORM = new Health();

  /** The parts that must work before requests can be answered. */
  public enum Part {
    DATABASE("database"),
    HOME("home"),
    SCHEMA("schema"),
    APPLICATION("application"),
    WARM_UP("warm-up");

    private final String label;

    Part(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  private volatile Map<Part, String> reasons;
  private volatile boolean stopping;

  Health() {
    Map<Part, String> all = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      all.put(part, "not looked at yet");
    }
    reasons = all;
  }

  /** Records that a part works. */
  public void up(Part part) {
    change(part, null);
  }

  /** Records that a part does not work; the reason is for operators, and holds no secret. */
  public void down(Part part, String reason) {
    change(part, reason);
  }

  private synchronized void change(Part part, @Nullable String reason) {
    Map<Part, String> changed = new EnumMap<>(Part.class);
    changed.putAll(reasons);
    if (reason == null) {
      changed.remove(part);
    } else {
      changed.put(part, reason);
    }
    reasons = changed;
  }

  /** The reason why a part does not work; empty if it works. */
  public Optional<String> reason(Part part) {
    return part == Part.APPLICATION && stopping
        ? Optional.of("it is stopping")
        : Optional.ofNullable(reasons.get(part));
  }

  /** Records that the server is stopping, so that no new work begins. */
  void stop() {
    stopping = true;
  }

  boolean isStopping() {
    return stopping;
  }

  /** True if the application accepts requests. */
  boolean isServing() {
    return reason(Part.APPLICATION).isEmpty();
  }
}
