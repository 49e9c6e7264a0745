package io.refdata.api.observation;

import io.refdata.api.request.AsOf;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.api.table.ParquetTable;
import io.refdata.api.table.Table;
import io.refdata.api.table.XlsxTable;
import io.refdata.api.timing.Timing;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.dataset.DatasetDependencies;
import io.refdata.persistence.dataset.DatasetTerms;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.freshness.Dependencies;
import io.refdata.persistence.observation.ObservationCursor;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Position;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
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
  @Inject private DatasetTerms terms;

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
  Part part(ResolvedQuery resolved, Delivery delivery, int limit) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ResponseWriter written = write(resolved, delivery, limit, out);
      return new Part(
          out.toByteArray(), written.next, () -> dependencies(resolved, written.series));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Streams all observations in constant memory. */
  void stream(ResolvedQuery resolved, Delivery delivery, OutputStream out) throws IOException {
    write(resolved, delivery, 0, out);
  }

  private static Dependencies dependencies(ResolvedQuery resolved, Collection<Series> series) {
    Dataset dataset = resolved.query().dataset();
    if (resolved.revision() != null) {
      return DatasetDependencies.of(dataset.code());
    }
    // While nothing has changed, the series of the selection are not even looked for.
    return resolved.since() != null && series.isEmpty()
        ? DatasetDependencies.contents(dataset, resolved.selection())
        : DatasetDependencies.contents(dataset, resolved.selection(), series);
  }

  private ResponseWriter write(
      ResolvedQuery resolved, Delivery delivery, int limit, OutputStream out) throws IOException {
    ObservationQuery query = resolved.query();
    ResponseWriter response =
        new ResponseWriter(query, delivery, about(resolved, delivery), limit, out);
    observations.read(
        query.dataset(),
        resolved.selection(),
        query.range(limit == 0 ? 0 : limit + 1, resolved.revision(), resolved.since()),
        response);
    return response;
  }

  /** What a file in Parquet says of its content. */
  private Map<String, String> about(ResolvedQuery resolved, Delivery delivery) {
    if (delivery.format() != Format.PARQUET) {
      return Map.of();
    }
    Dataset dataset = resolved.query().dataset();
    DatasetTerms.Terms known = terms.of(Objects.requireNonNull(dataset.id()));
    Integer revision = resolved.revision() == null ? known.revision() : resolved.revision();
    Map<String, String> about = new LinkedHashMap<>();
    about.put("dataset", dataset.code().value());
    about.put("name", dataset.name());
    about.put("frequency", dataset.frequency().name());
    about.put("asOf", Objects.toString(resolved.query().asOf(), ""));
    about.put("revision", Objects.toString(revision, ""));
    about.put("unit", Objects.toString(known.unit(), ""));
    about.put("provider", Objects.toString(known.provider(), ""));
    about.put("licence", Objects.toString(known.licence(), ""));
    about.values().removeIf(String::isEmpty);
    return about;
  }

  private static ObservationWriter writer(
      Delivery delivery,
      Dataset dataset,
      OutputStream out,
      boolean changes,
      Map<String, String> about)
      throws IOException {
    if (delivery.isWide()) {
      return new WideObservations(delivery, out);
    }
    Table table = TableObservations.table(dataset, changes, about);
    return switch (delivery.format()) {
      case JSON -> new ColumnsWriter(dataset, out, changes);
      case CSV -> new CsvWriter(dataset, out, delivery.mark(), changes);
      case NDJSON -> new NdjsonWriter(dataset, out, changes);
      case XLSX -> new TableObservations(new XlsxTable(table, out), table.columns().size());
      case PARQUET -> new TableObservations(new ParquetTable(table, out), table.columns().size());
    };
  }

  /** Writes one response. */
  private static final class ResponseWriter implements Observations.Reader {
    private final ObservationQuery query;
    private final Delivery delivery;
    private final int limit;
    private final Map<String, String> about;
    private final OutputStream out;
    private @Nullable String next;
    private Collection<Series> series = List.of();

    ResponseWriter(
        ObservationQuery query,
        Delivery delivery,
        Map<String, String> about,
        int limit,
        OutputStream out) {
      this.about = about;
      this.query = query;
      this.delivery = delivery;
      this.limit = limit;
      this.out = out;
    }

    @Override
    public void read(Map<Integer, Series> selected, ObservationCursor rows)
        throws SQLException, IOException {
      series = selected.values();
      long start = System.nanoTime();
      boolean changes = query.updatedAfter() != null;
      ObservationWriter writer = writer(delivery, query.dataset(), out, changes, about);
      Periods periods = Periods.of(query.dataset().frequency());
      Series current = null;
      Position last = null;
      int written = 0;
      while (rows.next()) {
        if (limit > 0 && written == limit && last != null) {
          next = query.cursor(last);
          break;
        }
        int id = rows.seriesId();
        if (current == null || current.id() != id) {
          current = Objects.requireNonNull(selected.get(id));
          writer.series(current);
        }
        writer.observation(
            periods.format(rows.micros()),
            rows.value(),
            rows.status(),
            changes ? rows.action() : null);
        if (++written == limit) {
          last = new Position(current.key(), rows.time());
        }
      }
      writer.end(next);
      Timing.encoded(System.nanoTime() - start);
    }
  }
}
