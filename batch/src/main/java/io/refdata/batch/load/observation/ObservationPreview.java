package io.refdata.batch.load.observation;

import io.refdata.batch.file.Block;
import io.refdata.batch.file.LineReader;
import io.refdata.batch.load.intake.Outcome;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.batch.load.intake.Tally;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.LayoutProposal.Row;
import io.refdata.persistence.load.staging.Rejects.Reject;
import io.refdata.persistence.load.staging.StagedPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** Reads the observations of a short file as a load does, and stores nothing. */
public final class ObservationPreview {
  private final Dataset dataset;
  private final Tally tally;
  private final Consumer<Row> accepted;
  private final Consumer<Reject> rejects;
  private final Set<String> seen = new HashSet<>();

  /**
   * @param accepted takes the rows that a load would store
   * @param rejects takes the rejects
   */
  public ObservationPreview(
      Dataset dataset, Tally tally, Consumer<Row> accepted, Consumer<Reject> rejects) {
    this.dataset = dataset;
    this.tally = tally;
    this.accepted = accepted;
    this.rejects = rejects;
  }

  /**
   * Reads a file.
   *
   * @throws io.refdata.domain.load.InvalidLoad if a load would fail as a whole
   */
  public void read(Jdbi jdbi, LayoutDefinition layout, Path path) throws IOException {
    try (SourceFile file =
        new SourceFile(path, layout, ObservationLayout.columns(dataset, layout))) {
      ObservationLayout columns = new ObservationLayout(jdbi, dataset, layout, file);
      columns.rejectedColumns().forEach(rejects);
      ObservationParser parser = new ObservationParser(columns, new Outcome(tally, rejects, null));
      LineReader lines = file.lines();
      Block block;
      while ((block = file.next()) != null) {
        parser.rows().begin();
        lines.read(block, parser::handle);
        tally.staged(parser.rows().count());
        parser
            .rows()
            .forEach(
                (series, time, value, position, status) ->
                    add(file, parser.key(series), time, value, position, status));
        file.recycle(block);
      }
    }
  }

  private void add(
      SourceFile file, String key, long micros, double value, long position, byte status) {
    String time = dataset.frequency().format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    long line = StagedPlace.line(position);
    if (!seen.add(key + " " + micros)) {
      tally.duplicates(1, StagedPlace.isRounded(position) ? 1 : 0);
      String column = file.name(StagedPlace.column(position));
      rejects.accept(
          new Reject(
              line,
              column,
              "DUPLICATE_IN_FILE",
              "an earlier line says it already",
              key + " " + time));
      return;
    }
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("key", key);
    members.put("time", time);
    members.put("value", value);
    members.put("status", String.valueOf((char) status));
    accepted.accept(new Row(line, members));
  }
}
