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
 * Rejects duplicates in a file, with the original text. It reads the file again for that, because
 * staging has only the parsed values.
 */
public final class DuplicateRejects {
  private static final String CODE = "DUPLICATE_IN_FILE";

  private final Iterator<Place> places;
  private final List<String> header;
  private final Rejects.Writer rejects;
  private @Nullable Place next;

  private DuplicateRejects(Iterator<Place> places, List<String> header, Rejects.Writer rejects) {
    this.places = places;
    this.header = header;
    this.rejects = rejects;
    advance();
  }

  /**
   * Rejects the duplicates.
   *
   * @param again the file, opened again at its beginning
   */
  public static void reject(
      Jdbi jdbi, StagingTables staging, SourceFile again, Rejects.Writer rejects) {
    DuplicateRows.read(
        jdbi,
        staging,
        places -> {
          try {
            new DuplicateRejects(places, again.header(), rejects).readOn(again);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void readOn(SourceFile file) throws IOException {
    LineReader lines = file.lines();
    Block block;
    while (next != null && rejects.room() > 0 && (block = file.next()) != null) {
      lines.read(block, this::rejectCells);
      file.recycle(block);
    }
    long rest = 0;
    while (next != null) {
      rest++;
      advance();
    }
    rejects.addWritten(CODE, rest);
  }

  private void rejectCells(Line line) {
    while (next != null && next.line() == line.number()) {
      Integer column = next.column();
      rejects.add(
          new Reject(
              line.number(),
              column == null ? null : header.get(column),
              CODE,
              "line %d says it already".formatted(next.first()),
              column == null ? line.raw() : line.text(column)));
      advance();
    }
  }

  private void advance() {
    next = places.hasNext() ? places.next() : null;
  }
}
