package io.refdata.persistence.derivation;

import io.refdata.domain.aggregation.Composition;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.derivation.Aggregate.Weight;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Question;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.persistence.observation.RegionParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who belongs to the regions of a selection, and what they weigh, read in one snapshot. */
final class Members {
  private final Aggregate aggregate;
  private final SeriesSelection selection;
  private final Range range;
  private final @Nullable Integer weightRevision;
  private Composition composition = new Composition(List.of());
  private @Nullable Weights weights;

  /**
   * @param selection with the parts of regions, at the revision of its references
   * @param range the one of the observations that are read
   * @param weightRevision the revision of the dataset of the weights; null for now
   */
  Members(
      Aggregate aggregate,
      SeriesSelection selection,
      Range range,
      @Nullable Integer weightRevision) {
    this.aggregate = aggregate;
    this.selection = selection;
    this.range = range;
    this.weightRevision = weightRevision;
  }

  void read(Connection connection) throws SQLException {
    composition =
        RegionParts.read(connection, selection.named(aggregate.position()), selection.references());
    Weight weight = aggregate.weight();
    if (weight != null) {
      weights = new Weights(read(connection, weight), weight.position());
    }
  }

  private HeldColumns read(Connection connection, Weight weight) throws SQLException {
    HeldColumns held = new HeldColumns("weight");
    try {
      Observations.readAlso(
          connection,
          new Question(
              weight.dataset(),
              weight.selection().withReferencesAt(selection.references()),
              new Range(range.from(), range.before(), null, weightRevision, null, null, 0),
              (series, rows) -> held.read(rows)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return held;
  }

  Composition composition() {
    return composition;
  }

  /** The weights of the members; null if all weigh the same. */
  @Nullable Weights weights() {
    return weights;
  }
}
