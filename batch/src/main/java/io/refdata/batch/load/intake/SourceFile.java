package io.refdata.batch.load.intake;

import io.refdata.batch.file.Block;
import io.refdata.batch.file.CsvLines;
import io.refdata.batch.file.JsonLines;
import io.refdata.batch.file.LineReader;
import io.refdata.batch.file.ShapedLines;
import io.refdata.batch.file.ShapedLines.Ignored;
import io.refdata.batch.file.ShapedLines.Joined;
import io.refdata.batch.file.ShapedLines.Shape;
import io.refdata.batch.file.TextFile;
import io.refdata.domain.layout.FileForm;
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

  private final Path path;
  private final Set<String> needed;
  private final LayoutDefinition layout;
  private final FileForm form;
  private final TextFile text;
  private final List<String> header;
  private final long headerLine;
  private final List<Joined> joined = new ArrayList<>();
  private final List<String> names;
  private @Nullable Block first;

  /**
   * @param needed the columns to read, for files without a header line; empty if all columns are
   *     needed
   */
  public SourceFile(Path file, LayoutDefinition layout, Set<String> needed) throws IOException {
    this.path = file;
    this.needed = needed;
    this.layout = layout;
    this.form = layout.form();
    if (form.json()) {
      this.header = List.copyOf(needed.isEmpty() ? members(file, form) : withOthers(needed));
      this.headerLine = 0;
      this.text = TextFile.lines(file, form);
      this.first = readFirst();
    } else {
      this.text = TextFile.csv(file, form);
      this.first = readFirst();
      CsvLines.Header csvHeader = header(first);
      this.header = csvHeader.columns();
      this.headerLine = csvHeader.line();
    }
    this.names = new ArrayList<>(header);
  }

  /** The same file, from its beginning, with the columns that are joined by now. */
  public SourceFile again() throws IOException {
    SourceFile again = new SourceFile(path, layout, needed);
    again.joined.addAll(joined);
    again.names.addAll(names.subList(header.size(), names.size()));
    return again;
  }

  /** The needed columns, and those by which lines are left out or filled. */
  private Set<String> withOthers(Set<String> needed) {
    Set<String> all = new LinkedHashSet<>(needed);
    all.addAll(layout.ignored().keySet());
    all.addAll(layout.filled());
    return all;
  }

  private CsvLines.Header header(Block block) throws IOException {
    try {
      CsvLines.Header csvHeader = CsvLines.header(block, form);
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
  private static Set<String> members(Path file, FileForm form) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    long[] chars = {0};
    try (TextFile lines = TextFile.lines(file, form)) {
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
    sources.forEach(source -> named.addAll(source.columnNames()));
    return named;
  }

  /** The names of the columns; for NDJSON, the names of the members to read. */
  public List<String> header() {
    return header;
  }

  /** The number of the line with the names of the columns; 0 if there is none. */
  public long headerLine() {
    return headerLine;
  }

  /** The name of a column, or the names of columns that are joined. */
  public String name(int column) {
    return names.get(column);
  }

  /**
   * The index of a column that a layout names.
   *
   * @throws InvalidLoad if the file has no such column, or several
   */
  public int column(String name) {
    int column = header.indexOf(name);
    if (column < 0) {
      throw new InvalidLoad(
          "The file has no column '%s'; it has %s.%s"
              .formatted(name, abridged(header), hint(name)));
    }
    requireOne(name);
    return column;
  }

  /**
   * @throws InvalidLoad if several columns have this name
   */
  public void requireOne(String name) {
    if (header.indexOf(name) != header.lastIndexOf(name)) {
      throw new InvalidLoad(
          "The header has the column '%s' twice, as columns %d and %d, and the layout reads it."
              .formatted(name, header.indexOf(name) + 1, header.lastIndexOf(name) + 1));
    }
  }

  /** Why a column may be missing, if the header shows it. */
  private String hint(String name) {
    if (header.size() == 1 && header.get(0).contains(name) && !form.json()) {
      return " That is one column: the layout's delimiter '%s' looks wrong."
          .formatted(form.delimiter() == null ? "," : form.delimiter());
    }
    return header.stream()
        .filter(column -> column.equalsIgnoreCase(name.strip()))
        .findFirst()
        .map(column -> " Is '%s' meant?".formatted(column))
        .orElse("");
  }

  /**
   * The index of the column of a source; several are joined to one that follows the others.
   *
   * @param missing the texts that mean an empty cell
   * @return -1 if it reads no column
   */
  public int column(Source source, List<String> missing) {
    if (source.column() != null) {
      return column(source.column());
    } else if (source.columns() == null) {
      return -1;
    }
    return join(
        source.columns().stream().map(this::column).toList(),
        source.join() == null ? " " : source.join(),
        missing);
  }

  /** Joins columns, and returns the index of the column that has their texts together. */
  public int join(List<Integer> columns, String join, List<String> missing) {
    joined.add(new Joined(columns, join, missing));
    names.add(String.join(" + ", columns.stream().map(names::get).toList()));
    return names.size() - 1;
  }

  /** Whether lines must be read one after the other, because cells may mean those above. */
  public boolean inOrder() {
    return !layout.filled().isEmpty();
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
    Shape shape =
        new Shape(
            form.json() ? -1 : header.size(),
            form.shortLines(),
            layout.filled().stream().map(this::column).toList(),
            layout.missingCodes(),
            joined,
            layout.ignored().entrySet().stream()
                .map(texts -> new Ignored(column(texts.getKey()), texts.getValue()))
                .toList());
    return new ShapedLines(
        form.json()
            ? new JsonLines(header, form.trim(), layout.decimalSign())
            : CsvLines.of(form, headerLine),
        shape);
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
