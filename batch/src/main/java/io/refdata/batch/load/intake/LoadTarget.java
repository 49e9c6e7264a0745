package io.refdata.batch.load.intake;

import io.refdata.domain.item.ItemType;
import io.refdata.persistence.freshness.Change;
import io.refdata.persistence.load.staging.PlacesNeeded;
import io.refdata.persistence.load.staging.StagingLost;
import java.io.IOException;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.Set;

/** The target of one load: a dataset, or the items of a collection or code list. */
public interface LoadTarget {
  /** The columns of the file that are read. */
  Set<String> columns();

  /**
   * Reads a file into staging and prepares the staged rows for the merge.
   *
   * @return false if the load was stopped before the end of the file
   * @throws PlacesNeeded if the file has duplicates, and the intake is without places
   */
  boolean stage(SourceFile file, Intake intake) throws IOException;

  /**
   * Creates the partitions that the staged rows need and the target lacks.
   *
   * @return how many; empty if the target has no partitions
   */
  OptionalLong createPartitions();

  /**
   * Merges the staged rows in one transaction with the counts and the state of the load.
   *
   * @param change records what the merge writes
   * @return the collections that were written to
   * @throws StagingLost if staged rows are missing
   */
  Collection<? extends ItemType<?>> merge(Change change);

  /** Refreshes the planner's statistics of the tables that the merge wrote to. */
  void analyze();
}
