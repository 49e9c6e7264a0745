package io.refdata.api.platform;

import java.time.Duration;

/** The effects of faults of one kind, added up over rounds. */
final class Tally {
  private int rounds;
  private Duration faults = Duration.ZERO;
  private Duration recoveries = Duration.ZERO;
  private Duration slowest = Duration.ZERO;
  private int writesRefused;
  private int readsAnswered;
  private int readsRefused;

  /**
   * Adds a round.
   *
   * @param fault how long it lasted
   * @param recovery from its end until each kind of write was acknowledged again
   * @param readsAnswered during the fault
   * @param readsRefused until the end of the recovery
   */
  void add(
      Duration fault, Duration recovery, int writesRefused, int readsAnswered, int readsRefused) {
    this.rounds++;
    this.faults = faults.plus(fault);
    this.recoveries = recoveries.plus(recovery);
    this.slowest = slowest.compareTo(recovery) < 0 ? recovery : slowest;
    this.writesRefused += writesRefused;
    this.readsAnswered += readsAnswered;
    this.readsRefused += readsRefused;
  }

  @Override
  public String toString() {
    return ("%d rounds, %,d s in all; written again after %,d ms on average, at most %,d ms; writes"
            + " refused: %d; reads answered meanwhile: %d, refused: %d")
        .formatted(
            rounds,
            faults.toSeconds(),
            recoveries.toMillis() / rounds,
            slowest.toMillis(),
            writesRefused,
            readsAnswered,
            readsRefused);
  }
}
