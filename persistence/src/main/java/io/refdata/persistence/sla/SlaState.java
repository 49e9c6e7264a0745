package io.refdata.persistence.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An SLA and how far it is kept.
 *
 * @param name its name
 * @param version rises with each change
 * @param at when this was counted
 * @param measured false if there are too few events in the window to say anything
 * @param events the events in the window
 * @param bad those that are not good
 * @param compliance the share of good ones; null if there are no events
 * @param kept whether the compliance reaches the objective; null if it is not measured
 * @param budgetLeft the share of the error budget that is left, below 0 if it is overdrawn: the
 *     objective allows some events to be bad, and these are the budget; null if there are no events
 * @param burns how fast the budget is used up, by windows
 */
public record SlaState(
    String name,
    int version,
    Sla sla,
    Instant changedAt,
    String changedBy,
    Instant at,
    boolean measured,
    long events,
    long bad,
    @Nullable Double compliance,
    @Nullable Boolean kept,
    @Nullable Double budgetLeft,
    List<Burn> burns) {

  /** The windows of burn rates. An alert needs a long one and, to end soon, the short one of it. */
  public static final List<Duration> BURN_WINDOWS =
      List.of(
          Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(6));

  /**
   * Those that only say whether it goes on: any event does. Many kinds of SLA have few events in
   * such a short time; the long window has enough of them.
   */
  private static final Set<Duration> SHORT = Set.of(Duration.ofMinutes(5), Duration.ofMinutes(30));

  /** A share is told to this part. */
  private static final double PRECISION = 1e6;

  /**
   * The rate at which the error budget was used up in a window that ends now.
   *
   * @param measured false if there are too few events to say anything: none in a short window
   * @param rate 1 uses the budget up in exactly the window of the SLA, 2 in half of it; null if
   *     there are no events
   */
  public record Burn(String window, boolean measured, long events, @Nullable Double rate) {}

  static SlaState of(Stored stored, SlaCounts counts, Instant at, long leastEvents) {
    double allowed = 1 - stored.sla().objective();
    long events = counts.events().get(0);
    long bad = counts.bad().get(0);
    boolean measured = events >= leastEvents;
    List<Burn> burns = new ArrayList<>();
    for (int i = 0; i < BURN_WINDOWS.size(); i++) {
      long inWindow = counts.events().get(i + 1);
      long needed = SHORT.contains(BURN_WINDOWS.get(i)) ? 1 : leastEvents;
      double badShare = (double) counts.bad().get(i + 1) / inWindow;
      burns.add(
          new Burn(
              BURN_WINDOWS.get(i).toString(),
              inWindow >= needed,
              inWindow,
              inWindow == 0 ? null : rounded(badShare / allowed)));
    }
    double compliance = (double) (events - bad) / events;
    return new SlaState(
        stored.name(),
        stored.version(),
        stored.sla(),
        stored.changedAt(),
        stored.changedBy(),
        at,
        measured,
        events,
        bad,
        events == 0 ? null : rounded(compliance),
        measured ? compliance >= stored.sla().objective() : null,
        events == 0 ? null : rounded(1 - (1 - compliance) / allowed),
        burns);
  }

  private static double rounded(double share) {
    return Math.round(share * PRECISION) / PRECISION;
  }

  /** An SLA as it is stored. */
  record Stored(String name, int version, Sla sla, Instant changedAt, String changedBy) {}
}
