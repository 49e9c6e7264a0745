package io.refdata.api.observation;

import io.refdata.api.request.AsOf;
import io.refdata.api.response.Format;
import io.refdata.api.timing.Timing;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.dataset.DatasetDependencies;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The observations that a query asks for, written in one of the forms. */
@ApplicationScoped
class ObservationResponses {
  @Inject private Observations observations;
  @Inject private AsOf asOf;
  @Inject private AskedDatasets datasets;

  /**
   * A part of what is asked for.
   *
   * @param next the cursor to the rest, if there is any
   * @param subjects what it rests on
   */
  record Part(byte[] bytes, @Nullable String next, Supplier<Dependencies> subjects) {}

  /**
   * A question with the revisions that its instants stand for. They are asked for in statements of
   * their own, before the snapshot in which it is answered.
   */
  Known at(ObservationQuery query) {
    int id = Objects.requireNonNull(query.dataset().id());
    Instant then = query.asOf();
    Instant since = query.updatedAfter();
    Integer references =
        then == null ? null : asOf.revision(Revision.REFERENCE_DATA, then, AsOf.NAME);
    if (references != null) {
      datasets.requireSame(query.dataset(), references);
    }
    return new Known(
        query,
        query.selection().withReferencesAt(references),
        then == null ? null : asOf.revision(id, then, AsOf.NAME),
        since == null ? null : asOf.revision(id, since, "updatedAfter"));
  }

  /**
   * What is asked for.
   *
   * @param revision what was known at this revision of the dataset; null for now
   * @param since only what has changed since this one; null for all
   */
  record Known(
      ObservationQuery query,
      SeriesSelection selection,
      @Nullable Integer revision,
      @Nullable Integer since) {}

  /** At most so many observations. */
  Part part(Known question, Format form, int limit) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Writing written = write(question, form, limit, out);
      return new Part(out.toByteArray(), written.next, () -> subjects(question, written.series));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All observations, in constant memory. */
  void stream(Known question, Format form, OutputStream out) throws IOException {
    write(question, form, 0, out);
  }

  private static Dependencies subjects(Known question, Collection<Series> series) {
    Dataset dataset = question.query().dataset();
    return question.revision() == null
        ? DatasetDependencies.contents(dataset, question.selection(), series)
        : DatasetDependencies.of(dataset.code());
  }

  private Writing write(Known question, Format form, int limit, OutputStream out)
      throws IOException {
    ObservationQuery query = question.query();
    Writing writing = new Writing(query, form, limit, out);
    observations.read(
        query.dataset(),
        question.selection(),
        query.range(limit == 0 ? 0 : limit + 1, question.revision(), question.since()),
        writing);
    return writing;
  }

  private static ObservationWriter writer(
      Format form, Dataset dataset, OutputStream out, boolean changes) throws IOException {
    return switch (form) {
      case JSON -> new ColumnsWriter(dataset, out, changes);
      case CSV -> new CsvWriter(dataset, out, changes);
      case NDJSON -> new NdjsonWriter(dataset, out, changes);
    };
  }

  /** One answer in the making. */
  private static final class Writing implements Observations.Reader {
    private final ObservationQuery query;
    private final Format form;
    private final int limit;
    private final OutputStream out;
    private @Nullable String next;
    private Collection<Series> series = List.of();

    Writing(ObservationQuery query, Format form, int limit, OutputStream out) {
      this.query = query;
      this.form = form;
      this.limit = limit;
      this.out = out;
    }

    @Override
    public void read(Map<Integer, Series> selected, ObservationCursor rows)
        throws SQLException, IOException {
      series = selected.values();
      long start = System.nanoTime();
      boolean changes = query.updatedAfter() != null;
      ObservationWriter writer = writer(form, query.dataset(), out, changes);
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
        Instant time = rows.time();
        Double value = rows.value();
        writer.observation(
            periods.format(time),
            value == null || !Double.isFinite(value) ? null : value,
            rows.status(),
            changes ? rows.action() : null);
        if (++written == limit) {
          last = new Position(current.key(), time);
        }
      }
      writer.end(next);
      Timing.encoded(System.nanoTime() - start);
    }
  }
}
