package io.refdata.persistence.performance;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run of tests on the running system.
 *
 * @param endedAt null while it runs, and if it was cut off
 * @param done how many targets it has judged
 * @param of how many it judges in all
 * @param verdict the worst of its results; null until it has ended
 */
public record PerformanceRun(
    UUID id,
    State state,
    AskedBy askedBy,
    Instant beganAt,
    @Nullable Instant endedAt,
    List<String> tests,
    int done,
    int of,
    @Nullable Verdict verdict) {
  public PerformanceRun {
    tests = List.copyOf(tests);
  }

  /** The state of a run. */
  public enum State {
    RUNNING,
    ENDED,
    /** The server ended in the midst of it. */
    CUT_OFF
  }

  /** Why it was begun. */
  public enum AskedBy {
    CALL,
    SCHEDULE
  }

  /** The page of a run for a reader. */
  public String page(List<PerformanceResult> results) {
    ReportPage page =
        new ReportPage("The running system: " + (verdict == null ? state : verdict.name()));
    page.paragraph(
        "Run %s, by %s. Began %s, %s. %d of %d targets are judged."
            .formatted(
                id,
                askedBy.name().toLowerCase(Locale.ROOT),
                beganAt,
                endedAt == null ? "has not ended" : "ended " + endedAt,
                done,
                of));
    StringBuilder counts = new StringBuilder();
    for (Verdict each : Verdict.values()) {
      long count = results.stream().filter(result -> result.verdict() == each).count();
      counts.append(counts.isEmpty() ? "" : ", ").append(count).append(' ').append(each);
    }
    page.paragraph(counts + ".");
    page.targets(results.stream().map(PerformanceResult::row).toList(), false, "how it was made");
    return page.end();
  }
}
