package io.refdata.persistence.derivation;

import io.refdata.domain.aggregation.Composition;
import io.refdata.domain.dataset.Dataset;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.derivation.Aggregate.Weight;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Ends;
import io.refdata.persistence.observation.Observations.Question;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.persistence.observation.RegionParts;
import io.refdata.persistence.partition.Partitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of the regions of a selection, and their weights, read in one snapshot. */
final class Members {
  private final Aggregate aggregate;
  private final Dataset dataset;
  private final SeriesSelection selection;
  private final Range asked;
  private final Range range;
  private final @Nullable Integer weightRevision;
  private Composition composition = new Composition(List.of());
  private @Nullable Weights weights;
  private final Set<Integer> empty = new HashSet<>();

  /**
   * @param selection with the parts of regions, at the revision of its references
   * @param asked the range of the results
   * @param range the one of the observations that are read
   * @param weightRevision the revision of the dataset of the weights; null for now
   */
  Members(
      Aggregate aggregate,
      Dataset dataset,
      SeriesSelection selection,
      Range asked,
      Range range,
      @Nullable Integer weightRevision) {
    this.aggregate = aggregate;
    this.dataset = dataset;
    this.selection = selection;
    this.asked = asked;
    this.range = range;
    this.weightRevision = weightRevision;
  }

  void read(Connection connection, List<Series> series, Partitions partitions) throws SQLException {
    composition =
        RegionParts.read(connection, selection.named(aggregate.position()), selection.references());
    Weight weight = aggregate.weight();
    if (weight != null) {
      weights = new Weights(read(connection, weight), weight.position());
    }
    readEmpty(connection, series, partitions);
  }

  /**
   * Finds the series of groups and larger regions that have no observations at all, because all of
   * them were deleted, or came after the revision that is read.
   */
  private void readEmpty(Connection connection, List<Series> series, Partitions partitions)
      throws SQLException {
    empty.clear();
    Set<String> named = selection.named(aggregate.position());
    List<Series> wholes = series.stream().filter(one -> isWhole(one, named)).toList();
    if (wholes.isEmpty()) {
      return;
    }
    wholes.forEach(one -> empty.add(one.id()));
    try {
      Observations.readThese(
          connection,
          dataset,
          wholes,
          partitions,
          new Range(null, null, new Ends(1, true), range.asOf(), null, null, 0),
          (all, rows) -> {
            while (rows.next()) {
              empty.remove(rows.series().id());
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Series one : wholes) {
      if (empty.contains(one.id())) {
        // It may have had some that retention has removed.
        partitions.requireWhole(one.first(), range.asOf());
      }
    }
  }

  private boolean isWhole(Series series, Set<String> named) {
    String code = series.dimensions().get(aggregate.position());
    return named.contains(code) && !composition.membersEver(code).isEmpty();
  }

  /** Those of some series that have observations, at the revision that is read. */
  List<Series> observed(Collection<Series> series) {
    return series.stream().filter(one -> !empty.contains(one.id())).toList();
  }

  private HeldColumns read(Connection connection, Weight weight) throws SQLException {
    HeldColumns held = new HeldColumns("weight");
    try {
      Observations.readAlso(
          connection,
          new Question(
              weight.dataset(),
              weight.selection().withReferencesAt(selection.references()),
              whole(asked),
              new Observations.Reader() {
                @Override
                public Range needed(Range none) {
                  return whole(range);
                }

                @Override
                public void read(Map<Integer, Series> series, ObservationRows rows)
                    throws SQLException, IOException {
                  held.read(rows);
                }
              }));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return held;
  }

  /** The weights of a range. */
  private Range whole(Range of) {
    return new Range(of.from(), of.before(), null, weightRevision, null, null, 0);
  }

  Composition composition() {
    return composition;
  }

  /** The weights of the members; null if all weigh the same. */
  @Nullable Weights weights() {
    return weights;
  }
}
