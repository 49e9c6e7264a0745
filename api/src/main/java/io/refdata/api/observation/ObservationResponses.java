package io.refdata.api.observation;

import io.refdata.api.request.AsOf;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.api.table.ParquetTable;
import io.refdata.api.table.XlsxTable;
import io.refdata.api.timing.Timing;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.dataset.DatasetDependencies;
import io.refdata.persistence.dataset.DatasetTerms;
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
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
   *
   * @param whole whether the caller sees the past of all datasets that had a code
   */
  ResolvedQuery resolve(ObservationQuery query, boolean whole) {
    int id = Objects.requireNonNull(query.dataset().id());
    Instant asOfInstant = query.asOf();
    Instant since = query.updatedAfter();
    Integer references =
        asOfInstant == null ? null : asOf.revision(Revision.REFERENCE_DATA, asOfInstant, AsOf.NAME);
    if (references != null) {
      datasets.requireSame(query.dataset(), references, whole);
    }
    return new ResolvedQuery(
        query,
        query.selection().withReferencesAt(references),
        asOf.revision(id, asOfInstant, query.knownAt()),
        since == null ? null : asOf.revision(id, since, "updatedAfter"),
        weightRevision(query, references, whole));
  }

  private @Nullable Integer weightRevision(
      ObservationQuery query, @Nullable Integer references, boolean whole) {
    Dataset weights = query.weights();
    if (weights == null) {
      return null;
    }
    if (references != null) {
      datasets.requireSame(weights, references, whole);
    }
    return asOf.revision(Objects.requireNonNull(weights.id()), query.asOf(), query.knownAt());
  }

  /**
   * A query whose instants are resolved to revisions.
   *
   * @param revision the revision of the dataset whose state is read; null for now
   * @param since the revision since which observations have changed; null for all
   * @param weightRevision the revision of the dataset of the weights; null for now, or without any
   */
  record ResolvedQuery(
      ObservationQuery query,
      SeriesSelection selection,
      @Nullable Integer revision,
      @Nullable Integer since,
      @Nullable Integer weightRevision) {

    /** The same with results in another unit. */
    ResolvedQuery in(String unit) {
      return new ResolvedQuery(query.in(unit), selection, revision, since, weightRevision);
    }

    /** The references to read beside the observations of a range; null for none. */
    @Nullable References readReferences(Range range) {
      return query.derivation() == null
          ? null
          : References.of(query.derivation(), query.dataset(), selection, range, weightRevision);
    }
  }

  /** Builds a response of at most {@code limit} observations in bounded memory. */
  Part part(ResolvedQuery resolved, Delivery delivery, int limit) {
    PartBytes out = new PartBytes();
    try {
      ResponseWriter written = write(resolved, delivery, limit, out);
      return new Part(
          out.toByteArray(), written.next, () -> dependencies(resolved, written.series));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Streams all observations in constant memory.
   *
   * @return their number
   */
  long stream(ResolvedQuery resolved, Delivery delivery, OutputStream out) throws IOException {
    int limit = delivery.isWide() ? WideObservations.MAX_CELLS : 0;
    return write(resolved, delivery, limit, out).written;
  }

  static Dependencies dependencies(ResolvedQuery resolved, Collection<Series> series) {
    Dataset dataset = resolved.query().dataset();
    if (resolved.query().asOf() != null) {
      Dataset weights = resolved.query().weights();
      Dependencies past = DatasetDependencies.of(dataset.code());
      return weights == null ? past : past.add(DatasetDependencies.of(weights.code()));
    }
    // While nothing has changed, the series of the selection are not even looked for.
    Dependencies contents =
        resolved.since() != null && series.isEmpty()
            ? DatasetDependencies.contents(dataset, resolved.selection())
            : DatasetDependencies.contents(dataset, resolved.selection(), series);
    Derivation derivation = resolved.query().derivation();
    return derivation == null ? contents : References.add(contents, derivation);
  }

  private ResponseWriter write(
      ResolvedQuery resolved, Delivery delivery, int limit, OutputStream out) throws IOException {
    ObservationQuery query = resolved.query();
    Range range = query.range(limit == 0 ? 0 : limit + 1, resolved.revision(), resolved.since());
    ResponseWriter response =
        new ResponseWriter(resolved, range, delivery, about(resolved, delivery), limit, out);
    observations.read(query.dataset(), resolved.selection(), range, response);
    return response;
  }

  /** The metadata of a file in Parquet. */
  private Map<String, String> about(ResolvedQuery resolved, Delivery delivery) {
    if (delivery.format() != Format.PARQUET) {
      return Map.of();
    }
    Dataset dataset = resolved.query().dataset();
    DatasetTerms.Terms known =
        terms.of(Objects.requireNonNull(dataset.id()), resolved.selection().references());
    Integer revision = resolved.revision() == null ? known.revision() : resolved.revision();
    Map<String, String> about = new LinkedHashMap<>();
    about.put("dataset", dataset.code().value());
    about.put("name", Objects.toString(known.name(), ""));
    about.put("frequency", resolved.query().frequency().name());
    about.put("asOf", Objects.toString(resolved.query().asOf(), ""));
    about.put("knownAt", Objects.toString(resolved.query().knownAt(), ""));
    about.put("revision", Objects.toString(revision, ""));
    about.put("provider", Objects.toString(known.provider(), ""));
    about.put("licence", Objects.toString(known.licence(), ""));
    about.values().removeIf(String::isEmpty);
    return about;
  }

  /** The metadata with the units. */
  private static Map<String, String> withUnits(
      Map<String, String> about, Collection<Series> selected, ObservationQuery query) {
    if (about.isEmpty()) {
      return about;
    }
    Map<String, String> all = new LinkedHashMap<>(about);
    all.putAll(FileUnits.of(query.dataset().dimensions(), selected, query::resultUnit));
    return all;
  }

  private static ObservationWriter writer(
      Delivery delivery, ObservationQuery query, Map<String, String> about, OutputStream out)
      throws IOException {
    if (delivery.isWide()) {
      return new WideObservations(delivery, out);
    }
    Dataset dataset = query.dataset();
    MoreColumns more = query.moreColumns();
    return switch (delivery.format()) {
      case JSON -> new ColumnsWriter(dataset, out, more);
      case CSV -> new CsvWriter(dataset, out, delivery.mark(), more);
      case NDJSON -> new NdjsonWriter(dataset, out, more);
      case XLSX -> new TableObservations(dataset, more, table -> new XlsxTable(table, out), about);
      case PARQUET ->
          new TableObservations(dataset, more, table -> new ParquetTable(table, out), about);
    };
  }

  /** Writes one response. */
  @SuppressWarnings("ReferenceEquality") // the same series in each of its rows
  private static final class ResponseWriter implements Observations.Reader {
    private final ObservationQuery query;
    private final Range range;
    private final Delivery delivery;
    private final int limit;
    private final Map<String, String> about;
    private final OutputStream out;
    private final @Nullable References references;
    private @Nullable String next;
    private long written;
    private Collection<Series> series = List.of();

    ResponseWriter(
        ResolvedQuery resolved,
        Range range,
        Delivery delivery,
        Map<String, String> about,
        int limit,
        OutputStream out) {
      this.query = resolved.query();
      this.range = range;
      this.about = about;
      this.delivery = delivery;
      this.limit = limit;
      this.out = out;
      this.references = resolved.readReferences(range);
    }

    @Override
    public Range needed(Range asked) {
      return query.needed(asked);
    }

    @Override
    public Observations.@Nullable Preparation preparation() {
      return references;
    }

    @Override
    public Observations.@Nullable Source source() {
      return query.derivation() == null ? null : query.derivation().kept(references);
    }

    @Override
    public void read(Map<Integer, Series> selected, ObservationRows stored)
        throws SQLException, IOException {
      series = selected.values();
      long start = System.nanoTime();
      ObservationRows rows = query.results(series, stored, range, references);
      MoreColumns more = query.moreColumns();
      ObservationWriter writer = writer(delivery, query, withUnits(about, series, query), out);
      Periods periods = Periods.of(query.frequency());
      Series current = null;
      Position last = null;
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
        if (more.coverage()) {
          writer.coverage(rows.coverage());
        }
        if (more.missing()) {
          writer.missing(rows.missing());
        }
        writer.observation(
            periods.format(rows.micros()),
            rows.value(),
            rows.status(),
            more.action() ? rows.action() : null);
        if (++written == limit) {
          last = new Position(of.key(), Instant.EPOCH.plus(rows.micros(), ChronoUnit.MICROS));
        }
      }
      writer.end(next);
      Timing.encoded(System.nanoTime() - start);
    }
  }
}
