package io.refdata.batch.load.intake;

import io.refdata.persistence.load.staging.Rejects;
import io.refdata.persistence.load.staging.SparedKeys;
import org.jspecify.annotations.Nullable;

/**
 * The counts, rejects and progress of one file while it is staged. By several threads.
 *
 * @param spared the keys that a {@code REPLACE} does not delete; null in other modes
 */
public record Intake(
    Tally tally, Rejects.Writer rejects, @Nullable SparedKeys spared, Progress progress) {

  /** What becomes of the file's lines. */
  public Outcome outcome() {
    return new Outcome(tally, rejects::add, spared);
  }
}
