package io.refdata.batch.load;

import io.refdata.domain.dataset.Dataset;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.derivation.Derivation;
import io.refdata.persistence.derivation.References;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.persistence.observation.SeriesCache;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads results of a dataset bit by bit, from its rollups and from its observations. */
final class RolledReads {
  private final Dataset dataset;
  private final Observations observations;
  private int answeredByRollups;

  RolledReads(Pipeline pipeline, Dataset dataset) {
    this.dataset = dataset;
    this.observations =
        new Observations(pipeline.jdbi(), new SeriesCache(pipeline.versions(), 1 << 20));
  }

  /** The number of reads that were answered by a rollup. */
  int answeredByRollups() {
    return answeredByRollups;
  }

  List<String> read(SeriesSelection selection, Derivation derivation, Range asked, boolean byRollup)
      throws IOException {
    List<String> read = new ArrayList<>();
    References references = References.of(derivation, dataset, selection, asked, null);
    observations.read(
        dataset,
        selection,
        asked,
        new Observations.Reader() {
          @Override
          public Range needed(Range range) {
            return derivation.needed(range);
          }

          @Override
          public Observations.@Nullable Preparation preparation() {
            return references;
          }

          @Override
          public Observations.@Nullable Source source() {
            return byRollup ? derivation.kept(references) : null;
          }

          @Override
          public void read(Map<Integer, Series> series, ObservationRows stored)
              throws SQLException, IOException {
            answeredByRollups += stored.areOfBuckets() ? 1 : 0;
            ObservationRows rows = derivation.results(series.values(), stored, asked, references);
            while (rows.next()) {
              read.add(
                  "%s %d %x %s %x %s %s"
                      .formatted(
                          rows.series().key(),
                          rows.micros(),
                          Double.doubleToLongBits(rows.value()),
                          rows.status(),
                          Double.doubleToLongBits(rows.coverage()),
                          rows.series().unit(),
                          rows.missing()));
            }
          }
        });
    return read;
  }
}
