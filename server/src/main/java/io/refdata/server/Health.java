package io.refdata.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the platform is, as it was last seen. Whoever looks after a part writes it down here, so that
 * a question costs nothing and waits for nobody.
 */
public final class Health {
  /** The one of this server; the application sees the same. */
  public static final Health PLATFORM = new Health();

  /** What has to be there before requests can be answered. */
  public enum Part {
    DATABASE("database"),
    HOME("home"),
    SCHEMA("schema"),
    APPLICATION("application");

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

  /** A part is as it should be. */
  public void up(Part part) {
    change(part, null);
  }

  /** A part is not as it should be; the reason is for operators, and holds no secret. */
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

  /** Why a part is not as it should be; empty if it is. */
  public Optional<String> reason(Part part) {
    return part == Part.APPLICATION && stopping
        ? Optional.of("it is stopping")
        : Optional.ofNullable(reasons.get(part));
  }

  /** The server has been told to end: nothing begins any more. */
  void stop() {
    stopping = true;
  }

  boolean isStopping() {
    return stopping;
  }

  /** Whether the application takes requests. */
  boolean isServing() {
    return reason(Part.APPLICATION).isEmpty();
  }
}
