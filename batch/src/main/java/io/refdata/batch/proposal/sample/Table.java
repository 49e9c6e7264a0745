package io.refdata.batch.proposal.sample;

import io.refdata.batch.file.Block;
import io.refdata.batch.file.LineReader;
import io.refdata.batch.load.intake.SourceFile;
import io.refdata.domain.layout.LayoutDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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

  /** The columns that can be read, and for which something is true. */
  public List<Column> where(Predicate<Column> test) {
    Set<String> doubled = doubled();
    return columns.stream()
        .filter(column -> !column.name().isEmpty() && !doubled.contains(column.name()))
        .filter(test)
        .toList();
  }

  /** The names of the columns that a layout cannot read: none, and those of several columns. */
  public Set<String> unreadable() {
    Set<String> names = doubled();
    columns.stream().map(Column::name).filter(String::isEmpty).forEach(names::add);
    return names;
  }

  private Set<String> doubled() {
    Set<String> seen = new HashSet<>();
    return columns.stream()
        .map(Column::name)
        .filter(name -> !seen.add(name))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
