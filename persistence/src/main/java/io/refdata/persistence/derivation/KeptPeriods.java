package io.refdata.persistence.derivation;

import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.persistence.bucket.BucketSelection;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Range;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The longer periods of a derivation, where a rollup keeps them. They are the same, bit for bit, as
 * those that are worked out from the observations.
 */
final class KeptPeriods implements Observations.Source {
  private final Frequency longer;
  private final Function<Series, Aggregation> rules;

  KeptPeriods(Derivation.Resampled resampled, @Nullable References references) {
    Aggregation all = resampled.aggregation();
    this.longer = resampled.resampling().target();
    this.rules =
        series -> all == null ? Objects.requireNonNull(references).aggregation(series) : all;
  }

  @Override
  public boolean read(
      Connection connection,
      Dataset dataset,
      List<Series> series,
      Range range,
      Observations.Results results)
      throws SQLException, IOException {
    BucketSelection buckets =
        range.since() == null
            ? BucketSelection.find(
                connection, Objects.requireNonNull(dataset.id()), longer, range.asOf())
            : null;
    if (buckets == null) {
      return false;
    }
    buckets.read(connection, series, range, rules, (ObservationRows rows) -> results.read(rows));
    return true;
  }
}
