package io.refdata.batch.load.intake;

import io.refdata.persistence.load.staging.Rejects;
import io.refdata.persistence.load.staging.SparedKeys;
import org.jspecify.annotations.Nullable;

/**
 * The counts, rejects and progress of one file while it is staged. By several threads.
 *
 * @param spared the keys that a {@code REPLACE} does not delete; null in other modes
 * @param places true if the places of all rows in the file are needed, because it has duplicates
 */
public record Intake(
    Tally tally,
    Rejects.Writer rejects,
    @Nullable SparedKeys spared,
    boolean places,
    Progress progress) {

  /** The outcome of the file's lines. */
  public Outcome outcome() {
    return new Outcome(tally, rejects::add, spared);
  }
}
