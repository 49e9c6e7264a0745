package io.refdata.api.observation;

import io.refdata.api.request.AsOf;
import io.refdata.api.response.Format;
import io.refdata.api.timing.Timing;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.dataset.DatasetDependencies;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.derivation.Derivation;
import io.refdata.persistence.derivation.References;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Position;
import io.refdata.persistence.observation.Observations.Range;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the observations of a query in one of the formats. */
@ApplicationScoped
class ObservationResponses {
  @Inject private Observations observations;
  @Inject private AsOf asOf;
  @Inject private RequestedDatasets datasets;

  /**
   * A part of the observations of a query.
   *
   * @param next the cursor to the rest; null if there is none
   * @param dependencies the dependencies of the part
   */
  record Part(byte[] bytes, @Nullable String next, Supplier<Dependencies> dependencies) {}

  /**
   * Resolves the instants of a query to revisions. It uses separate statements before the snapshot
   * in which the observations are read.
   */
  ResolvedQuery resolve(ObservationQuery query) {
    int id = Objects.requireNonNull(query.dataset().id());
    Instant asOfInstant = query.asOf();
    Instant since = query.updatedAfter();
    Integer references =
        asOfInstant == null ? null : asOf.revision(Revision.REFERENCE_DATA, asOfInstant, AsOf.NAME);
    if (references != null) {
      datasets.requireSame(query.dataset(), references);
    }
    return new ResolvedQuery(
        query,
        query.selection().withReferencesAt(references),
        asOfInstant == null ? null : asOf.revision(id, asOfInstant, AsOf.NAME),
        since == null ? null : asOf.revision(id, since, "updatedAfter"));
  }

  /**
   * A query whose instants are resolved to revisions.
   *
   * @param revision the revision of the dataset whose state is read; null for now
   * @param since the revision since which observations have changed; null for all
   */
  record ResolvedQuery(
      ObservationQuery query,
      SeriesSelection selection,
      @Nullable Integer revision,
      @Nullable Integer since) {}

  /** Builds a response of at most {@code limit} observations in memory. */
  Part part(ResolvedQuery resolved, Format format, int limit) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ResponseWriter written = write(resolved, format, limit, out);
      return new Part(
          out.toByteArray(), written.next, () -> dependencies(resolved, written.series));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Streams all observations in constant memory. */
  void stream(ResolvedQuery resolved, Format format, OutputStream out) throws IOException {
    write(resolved, format, 0, out);
  }

  private static Dependencies dependencies(ResolvedQuery resolved, Collection<Series> series) {
    Dataset dataset = resolved.query().dataset();
    if (resolved.revision() != null) {
      return DatasetDependencies.of(dataset.code());
    }
    // While nothing has changed, the series of the selection are not even looked for.
    Dependencies contents =
        resolved.since() != null && series.isEmpty()
            ? DatasetDependencies.contents(dataset, resolved.selection())
            : DatasetDependencies.contents(dataset, resolved.selection(), series);
    Derivation derivation = resolved.query().derivation();
    return derivation == null ? contents : References.add(contents, derivation);
  }

  private ResponseWriter write(ResolvedQuery resolved, Format format, int limit, OutputStream out)
      throws IOException {
    ObservationQuery query = resolved.query();
    Range range = query.range(limit == 0 ? 0 : limit + 1, resolved.revision(), resolved.since());
    ResponseWriter response = new ResponseWriter(resolved, range, format, limit, out);
    observations.read(query.dataset(), resolved.selection(), range, response);
    return response;
  }

  private static ObservationWriter writer(Format format, ObservationQuery query, OutputStream out)
      throws IOException {
    Dataset dataset = query.dataset();
    boolean changes = query.updatedAfter() != null;
    boolean coverage = query.hasCoverage();
    return switch (format) {
      case JSON -> new ColumnsWriter(dataset, out, changes, coverage);
      case CSV -> new CsvWriter(dataset, out, changes, coverage);
      case NDJSON -> new NdjsonWriter(dataset, out, changes, coverage);
    };
  }

  /** Writes one response. */
  @SuppressWarnings("ReferenceEquality") // the same series in each of its rows
  private static final class ResponseWriter implements Observations.Reader {
    private final ObservationQuery query;
    private final Range range;
    private final Format format;
    private final int limit;
    private final OutputStream out;
    private final @Nullable References references;
    private @Nullable String next;
    private Collection<Series> series = List.of();

    ResponseWriter(
        ResolvedQuery resolved, Range range, Format format, int limit, OutputStream out) {
      this.query = resolved.query();
      this.range = range;
      this.format = format;
      this.limit = limit;
      this.out = out;
      this.references =
          query.derivation() == null
              ? null
              : References.of(query.derivation(), range, query.dataset(), resolved.selection());
    }

    @Override
    public Range needed(Range asked) {
      return query.derivation() == null ? asked : query.derivation().needed(asked);
    }

    @Override
    public Observations.@Nullable Preparation preparation() {
      return references;
    }

    @Override
    public void read(Map<Integer, Series> selected, ObservationRows stored)
        throws SQLException, IOException {
      series = selected.values();
      long start = System.nanoTime();
      ObservationRows rows =
          query.derivation() == null
              ? stored
              : query.derivation().results(stored, range, references);
      boolean changes = query.updatedAfter() != null;
      boolean coverage = query.hasCoverage();
      ObservationWriter writer = writer(format, query, out);
      Periods periods = Periods.of(query.frequency());
      Series current = null;
      Position last = null;
      int written = 0;
      while (rows.next()) {
        if (limit > 0 && written == limit && last != null) {
          next = query.cursor(last);
          break;
        }
        Series of = rows.series();
        if (of != current) {
          current = of;
          writer.series(of);
        }
        if (coverage) {
          writer.coverage(rows.coverage());
        }
        writer.observation(
            periods.format(rows.micros()),
            rows.value(),
            rows.status(),
            changes ? rows.action() : null);
        if (++written == limit) {
          last = new Position(of.key(), Instant.EPOCH.plus(rows.micros(), ChronoUnit.MICROS));
        }
      }
      writer.end(next);
      Timing.encoded(System.nanoTime() - start);
    }
  }
}
