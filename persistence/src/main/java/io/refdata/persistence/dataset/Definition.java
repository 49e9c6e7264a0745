package io.refdata.persistence.dataset;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The part of a dataset that decides how its observations are checked and stored: its frequency,
 * interval and dimensions. It can change while the dataset has no series. So a writer of
 * observations, which has checked them before it has the lock of the dataset's topic, compares the
 * definition that it used with the stored one when it has the lock.
 *
 * @param text all of it in one line, with the dataset's id; has no quotation marks
 */
public record Definition(String text) {
  /** The text of a row of {@code curated.dataset d}, as SQL. */
  public static final String SQL =
      "concat_ws(' ', d.id, d.frequency, d.interval,"
          + " array_to_string(d.dimension_codes, ','), array_to_string(d.dimension_values, ','))";

  /** The definition in a dataset that was read before. */
  public static Definition of(Dataset dataset) {
    List<Dimension> dimensions = dataset.dimensions();
    return new Definition(
        "%d %s %s %s %s"
            .formatted(
                Objects.requireNonNull(dataset.id()),
                dataset.frequency(),
                dataset.partitioning().interval(),
                dimensions.stream()
                    .map(dimension -> dimension.code().value())
                    .collect(Collectors.joining(",")),
                dimensions.stream().map(Dimension::values).collect(Collectors.joining(","))));
  }

  /** The definition that is stored now; empty if there is no such dataset. */
  public static Optional<Definition> stored(Handle handle, int dataset) {
    return handle
        .createQuery("select " + SQL + " from curated.dataset d where d.id = :id")
        .bind("id", dataset)
        .mapTo(String.class)
        .findOne()
        .map(Definition::new);
  }
}
