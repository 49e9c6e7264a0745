package io.refdata.batch.load.intake;

import io.refdata.batch.file.Block;
import io.refdata.batch.file.Line;
import io.refdata.batch.file.LineReader;
import io.refdata.persistence.load.staging.DuplicateRows;
import io.refdata.persistence.load.staging.DuplicateRows.Place;
import io.refdata.persistence.load.staging.Rejects;
import io.refdata.persistence.load.staging.Rejects.Reject;
import io.refdata.persistence.load.staging.StagingTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a file says twice, with the text as it stands there: the file is read again for it,
 * since the values that were staged no longer say how they were written.
 */
public final class DuplicateRejects {
  private final Iterator<Place> places;
  private final List<String> header;
  private final Rejects.Writer refused;
  private @Nullable Place next;

  private DuplicateRejects(Iterator<Place> places, List<String> header, Rejects.Writer refused) {
    this.places = places;
    this.header = header;
    this.refused = refused;
    advance();
  }

  /**
   * Refuses them.
   *
   * @param again the file, from its beginning
   */
  public static void refuse(
      Jdbi jdbi, StagingTables staging, SourceFile again, Rejects.Writer refused) {
    DuplicateRows.read(
        jdbi,
        staging,
        places -> {
          try {
            new DuplicateRejects(places, again.header(), refused).readOn(again);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void readOn(SourceFile file) throws IOException {
    LineReader lines = file.lines();
    Block block;
    while (next != null && (block = file.next()) != null) {
      lines.read(block, this::take);
      file.recycle(block);
    }
  }

  private void take(Line line) {
    while (next != null && next.line() == line.number()) {
      Integer column = next.column();
      refused.add(
          new Reject(
              line.number(),
              column == null ? null : header.get(column),
              "DUPLICATE_IN_FILE",
              "an earlier line says it already",
              column == null ? line.raw() : line.text(column)));
      advance();
    }
  }

  private void advance() {
    next = places.hasNext() ? places.next() : null;
  }
}
