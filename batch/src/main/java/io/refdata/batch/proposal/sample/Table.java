package io.refdata.batch.proposal.sample;

import io.refdata.batch.file.Block;
import io.refdata.batch.file.LineReader;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.domain.layout.LayoutDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The columns of the lines that are looked at, as a load reads them.
 *
 * @param faulty the number of lines that cannot be read, or have too few or too many fields
 */
public record Table(List<Column> columns, int lines, int faulty) {
  public Table {
    columns = List.copyOf(columns);
  }

  /** Reads a file in the form of a layout. */
  public static Table read(Path path, LayoutDefinition form) throws IOException {
    try (SourceFile file = new SourceFile(path, form, Set.of())) {
      boolean named = form.form().header();
      List<Column> columns = new ArrayList<>();
      for (String name : file.header()) {
        columns.add(new Column(columns.size(), name, named));
      }
      int[] counts = {0, 0};
      LineReader lines = file.lines();
      Block block;
      while ((block = file.next()) != null) {
        lines.read(
            block,
            line -> {
              counts[line.fault() == null ? 0 : 1]++;
              if (line.fault() == null) {
                columns.forEach(column -> column.add(line.text(column.number())));
              }
            });
        file.recycle(block);
      }
      return new Table(columns, counts[0], counts[1]);
    }
  }

  /** Whether a name stands above several columns; a layout cannot read these. */
  public boolean isDoubled(Column column) {
    return columns.stream().filter(other -> other.name().equals(column.name())).count() > 1;
  }

  /** The columns that can be read, and for which something is true. */
  public List<Column> where(Predicate<Column> test) {
    return columns.stream()
        .filter(column -> !column.name().isEmpty() && !isDoubled(column))
        .filter(test)
        .toList();
  }
}
