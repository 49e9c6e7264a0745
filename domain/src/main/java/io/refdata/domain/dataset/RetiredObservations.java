package io.refdata.domain.dataset;

import java.time.Instant;

/** A request needs observations that retention has removed. */
public class RetiredObservations extends RuntimeException {
  /**
   * @param keptFrom the start of the oldest partition that is kept
   */
  public RetiredObservations(Instant keptFrom) {
    super(
        "Observations before %s were removed when their retention was over; ask for from=%s or later."
            .formatted(keptFrom, keptFrom));
  }
}
