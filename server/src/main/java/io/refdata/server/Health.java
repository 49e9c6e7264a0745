package io.refdata.server;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The last known state of the platform. The code that checks a part records its state here, so that
 * a probe costs nothing and does not wait.
 */
public final class Health {
  /** The health of this server; the application sees the same object. */
  public static final Health PLATFORM = new Health();

  /**
   * The parts of the platform. Most must work before requests can be answered. Of the others a
   * probe is only told: another server would have the same trouble, or would get it, if this one
   * were taken out.
   */
  public enum Part {
    DATABASE("database", true),
    HOME("home", true),
    SCHEMA("schema", true),
    APPLICATION("application", true),
    WARM_UP("warm-up", true),
    POOL("pool", false),
    DISK("disk", false),
    LOADS("loads", false);

    private final String label;
    private final boolean needed;

    Part(String label, boolean needed) {
      this.label = label;
      this.needed = needed;
    }

    /** True if a server whose part does not work is not ready. */
    boolean isNeeded() {
      return needed;
    }

    String label() {
      return label;
    }
  }

  private volatile Map<Part, String> reasons;
  private final Map<Part, Sight> sights = new ConcurrentHashMap<>();
  private volatile boolean leaving;
  private volatile boolean stopping;

  Health() {
    Map<Part, String> all = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      if (part.isNeeded()) {
        all.put(part, "not looked at yet");
      }
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

  /** Records that a part works, and what was seen of it: a few names with numbers or texts. */
  public void up(Part part, Map<String, Object> seen) {
    sights.put(part, new Sight(Map.copyOf(seen), System.nanoTime()));
    up(part);
  }

  /** Records that a part does not work, why, and what was seen of it. */
  public void down(Part part, String reason, Map<String, Object> seen) {
    sights.put(part, new Sight(Map.copyOf(seen), System.nanoTime()));
    down(part, reason);
  }

  /** The details that were last seen of a part, and the time by {@link System#nanoTime}. */
  record Sight(Map<String, Object> seen, long at) {
    Duration age() {
      return Duration.ofNanos(System.nanoTime() - at);
    }
  }

  /** The details that were last seen of a part; empty if only its state is recorded. */
  Optional<Sight> sight(Part part) {
    return Optional.ofNullable(sights.get(part));
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
    return part == Part.APPLICATION && leaving
        ? Optional.of("it is stopping")
        : Optional.ofNullable(reasons.get(part));
  }

  /** Records that the server was told to end: it still answers, but is not ready any more. */
  void leave() {
    leaving = true;
  }

  boolean isLeaving() {
    return leaving;
  }

  /** Records that the server is stopping, so that no new work begins. */
  void stop() {
    leaving = true;
    stopping = true;
  }

  boolean isStopping() {
    return stopping;
  }

  /** True if the application accepts requests. */
  boolean isServing() {
    return !stopping && !reasons.containsKey(Part.APPLICATION);
  }
}
