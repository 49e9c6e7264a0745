package io.refdata.batch.load;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.refdata.layout.LayoutDefinition;
import io.refdata.persistence.layout.LayoutJson;
import io.refdata.persistence.load.BinaryCopy;
import io.refdata.persistence.load.Load;
import io.refdata.persistence.load.LoadRefused;
import io.refdata.persistence.load.Payloads;
import io.refdata.persistence.load.Rejects;
import io.refdata.persistence.load.StagingTables;
import io.refdata.reference.Property;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.validation.Validator;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Reads the file into staging by binary COPY, and what is refused of it into the rejects. Whatever
 * was staged before is replaced, so it may be done any number of times.
 */
@Named
@Dependent
public class StageFile extends LoadStep {
  private static final Logger LOG = Logger.getLogger(StageFile.class);
  private static final long REPORT_NANOS = 1_000_000_000L;
  private static final long LOG_NANOS = 5_000_000_000L;
  private static final int LINES_BETWEEN_LOOKS = 256;

  @Inject private Rejects rejects;
  @Inject private Payloads payloads;
  @Inject private Validator validator;
  @Inject private Target.Finder targets;

  @Override
  protected boolean run(Load load) throws IOException {
    return switch (load.state()) {
      case FAILED, STOPPED -> false;
      case COMPLETED -> true;
      case MERGING -> new StagingTables(load.id()).holds(jdbi, load) || stage(load);
      case RECEIVED, STAGING -> stage(load);
    };
  }

  /** Stages the file from its beginning; false if the load was stopped meanwhile. */
  boolean stage(Load load) throws IOException {
    loads.beginStaging(load.id(), job.getExecutionId());
    Stopwatch watch = Stopwatch.start();
    Target target = targets.find(load);
    LayoutDefinition layout = LayoutJson.parse(load.definition());
    StagingTables staging = new StagingTables(load.id());
    try (CsvFile file = new CsvFile(payloads.path(load.file()), layout)) {
      Tally tally = copy(load, target, layout, file, staging, watch);
      if (stopped()) {
        return false;
      }
      refuseIfTooMany(load, tally);
      boolean goOn =
          loads.endStaging(load.id(), tally.stagedRows(), tally.read(), tally.rejectedRows());
      loads.addStep(load.id(), watch.step("stage", tally.read()));
      LOG.infof(
          "Load %d: staged %,d rows, refused %,d, in %.1f s",
          load.id(), tally.stagedRows(), tally.rejectedRows(), watch.seconds());
      return goOn;
    }
  }

  /** On a connection of its own: while a COPY is under way, it takes no other statement. */
  private Tally copy(
      Load load,
      Target target,
      LayoutDefinition layout,
      CsvFile file,
      StagingTables staging,
      Stopwatch watch)
      throws IOException {
    try (Handle copying = jdbi.open();
        Rejects.Writer refused = rejects.begin(load.id());
        Lines lines = lines(copying, target, layout, file, staging, refused)) {
      read(load, file, lines, watch);
      if (!stopped()) {
        lines.end(copying, staging);
      }
      return lines.tally();
    } catch (SQLException e) {
      throw new IOException("COPY into staging failed", e);
    }
  }

  private Lines lines(
      Handle handle,
      Target target,
      LayoutDefinition layout,
      CsvFile file,
      StagingTables staging,
      Rejects.Writer refused)
      throws SQLException {
    if (target instanceof Target.OfDataset into) {
      ObservationLayout columns = new ObservationLayout(jdbi, into.dataset(), layout, file);
      staging.createForObservations(jdbi);
      return new ObservationLines(
          columns,
          layout,
          file.header(),
          new SeriesIds(jdbi, into.id()),
          new BinaryCopy(
              handle.getConnection(),
              staging.rows() + " (time, value, line, series_id, col, status)"),
          refused);
    }
    Target.OfItems into = (Target.OfItems) target;
    List<Property> properties = ItemLines.properties(into.type(), layout);
    staging.createForItems(jdbi, properties);
    String columns =
        Stream.concat(Stream.of("line"), properties.stream().map(Property::column))
            .collect(Collectors.joining(", "));
    return new ItemLines(
        jdbi,
        validator,
        into.type(),
        layout,
        file,
        new BinaryCopy(handle.getConnection(), staging.rows() + " (" + columns + ")"),
        refused);
  }

  private void read(Load load, CsvFile file, Lines lines, Stopwatch watch) throws SQLException {
    long reported = 0;
    long logged = 0;
    long count = 0;
    CsvRecord line;
    while (!stopped() && (line = file.next()) != null) {
      lines.stage(line);
      if (++count % LINES_BETWEEN_LOOKS == 0 && watch.nanos() - reported > REPORT_NANOS) {
        reported = watch.nanos();
        Tally tally = lines.tally();
        loads.progress(load.id(), file.progress(), tally.read(), tally.rejectedRows());
        if (reported - logged > LOG_NANOS) {
          logged = reported;
          LOG.infof(
              "Load %d: %,d rows, %.0f %% of the file, %,.0f rows/s",
              load.id(), tally.read(), file.progress() * 100, tally.read() / watch.seconds());
        }
      }
    }
  }

  private static void refuseIfTooMany(Load load, Tally tally) {
    if (tally.read() > 0 && (double) tally.rejectedRows() / tally.read() > load.maxRejectRatio()) {
      throw new LoadRefused(
          "%d of %d rows were refused, more than the part of %s that maxRejectRatio allows; see the rejects."
              .formatted(tally.rejectedRows(), tally.read(), load.maxRejectRatio()));
    }
  }
}
