package io.refdata.batch.load.intake;

import io.refdata.batch.file.Block;
import io.refdata.batch.file.CsvLines;
import io.refdata.batch.file.JsonLines;
import io.refdata.batch.file.LineReader;
import io.refdata.batch.file.TextFile;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.Source;
import io.refdata.domain.load.InvalidLoad;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file of a load: the names of its columns, and its blocks in order. */
public final class SourceFile implements AutoCloseable {
  /**
   * The largest number of columns. Each column takes some hundred bytes, and the position of a cell
   * in the file has 16 bits for the column.
   */
  private static final int MAX_COLUMNS = 1 << 16;

  private final LayoutDefinition layout;
  private final TextFile text;
  private final List<String> header;
  private final long headerLine;
  private @Nullable Block first;

  /**
   * @param needed the columns to read, for files without a header line; empty if all columns are
   *     needed
   */
  public SourceFile(Path file, LayoutDefinition layout, Set<String> needed) throws IOException {
    this.layout = layout;
    if (layout.json()) {
      this.header = List.copyOf(needed.isEmpty() ? members(file, layout) : needed);
      this.headerLine = 0;
      this.text = TextFile.lines(file, layout.charset());
      this.first = readFirst();
    } else {
      this.text = TextFile.csv(file, layout.charset(), layout.fieldSeparator());
      this.first = readFirst();
      CsvLines.Header csvHeader = header(first);
      this.header = csvHeader.columns();
      this.headerLine = csvHeader.line();
    }
  }

  private CsvLines.Header header(Block block) throws IOException {
    try {
      CsvLines.Header csvHeader = CsvLines.header(block, layout.fieldSeparator());
      requireFew(csvHeader.columns().size());
      return csvHeader;
    } catch (RuntimeException e) {
      text.close();
      throw e;
    }
  }

  private static void requireFew(int columns) {
    if (columns > MAX_COLUMNS) {
      throw new InvalidLoad(
          "The file has more than %,d columns; write one line for each value instead."
              .formatted(MAX_COLUMNS));
    }
  }

  /** Limits the names to the length of a CSV line. */
  private static void requireShort(long chars) {
    if (chars > TextFile.BLOCK) {
      throw new InvalidLoad(
          "The names of the file's columns have more than %,d characters together."
              .formatted(TextFile.BLOCK));
    }
  }

  private Block readFirst() throws IOException {
    try {
      Block block = text.next();
      if (block == null) {
        throw new InvalidLoad("The file is empty.");
      }
      return block;
    } catch (IOException | RuntimeException e) {
      text.close();
      throw e;
    }
  }

  /** Objects may have different members, so every line of a wide file must be read. */
  private static Set<String> members(Path file, LayoutDefinition layout) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    long[] chars = {0};
    try (TextFile lines = TextFile.lines(file, layout.charset())) {
      Block block;
      while ((block = lines.next()) != null) {
        if (!block.cut()) {
          JsonLines.addMembers(
              block,
              names,
              name -> {
                requireFew(names.size());
                chars[0] += name.length();
                requireShort(chars[0]);
              });
        }
        lines.recycle(block);
      }
    }
    if (names.isEmpty()) {
      throw new InvalidLoad("No line of the file is a JSON object with members.");
    }
    return names;
  }

  /** The columns that the sources of a layout name. */
  public static Set<String> named(List<Source> sources) {
    Set<String> named = new LinkedHashSet<>();
    for (Source source : sources) {
      if (source.column() != null) {
        named.add(source.column());
      }
    }
    return named;
  }

  /** The names of the columns; for NDJSON, the names of the members to read. */
  public List<String> header() {
    return header;
  }

  /** The index of a column that a layout names. */
  public int column(String name) {
    int column = header.indexOf(name);
    if (column < 0) {
      throw new InvalidLoad(
          "The file has no column '%s'; it has %s.".formatted(name, abridged(header)));
    }
    return column;
  }

  private static String abridged(List<String> names) {
    List<String> shown = new ArrayList<>(names.subList(0, Math.min(names.size(), 50)));
    if (shown.size() < names.size()) {
      shown.add("and " + (names.size() - shown.size()) + " more");
    }
    String joined = String.join(", ", shown);
    return joined.length() <= 1_000 ? joined : joined.substring(0, 1_000) + "…";
  }

  /** Creates a reader of lines; each thread needs its own. */
  public LineReader lines() {
    return layout.json()
        ? new JsonLines(header)
        : new CsvLines(layout.fieldSeparator(), headerLine);
  }

  /** The next block; null after the last. */
  public @Nullable Block next() throws IOException {
    Block block = first;
    if (block != null) {
      first = null;
      return block;
    }
    return text.next();
  }

  public void recycle(Block block) {
    text.recycle(block);
  }

  /** The largest number of characters that the file can contain. */
  long maxChars() {
    return text.maxChars();
  }

  /** The part of the file that has been read, 0 to 1. */
  double progress() {
    return text.progress();
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
