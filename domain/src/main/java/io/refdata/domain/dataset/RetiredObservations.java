package io.refdata.domain.dataset;

import java.time.Instant;

/** A request needs observations that retention has removed. */
public class RetiredObservations extends RuntimeException {
  private final Instant keptFrom;

  /**
   * For a request that can ask for a range.
   *
   * @param keptFrom the start of the oldest partition that is kept
   */
  public RetiredObservations(Instant keptFrom) {
    this(keptFrom, "ask for from=%s or later".formatted(keptFrom));
  }

  private RetiredObservations(Instant keptFrom, String advice) {
    super(
        "Observations before %s were removed when their retention was over; %s."
            .formatted(keptFrom, advice));
    this.keptFrom = keptFrom;
  }

  /** For a request that needs all observations of its series. */
  public RetiredObservations ofWholeSeries() {
    return new RetiredObservations(
        keptFrom,
        "a calculation needs all of its series, so only states since then can be asked for");
  }

  /**
   * For the rows of a feature set.
   *
   * @param keptFrom the start of the oldest partition that is kept
   */
  public static RetiredObservations ofCutoff(Instant keptFrom) {
    return new RetiredObservations(
        keptFrom, "ask for cutoffs since then, one by one with cutoff= or in the definition");
  }
}
