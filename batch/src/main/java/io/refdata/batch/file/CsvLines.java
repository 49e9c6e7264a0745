package io.refdata.batch.file;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.RecordType;
import io.refdata.domain.load.InvalidLoad;
import java.io.CharArrayReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Reads the lines of CSV (RFC 4180) with any delimiter. */
public final class CsvLines implements LineReader {
  private static final int MAX_BEGINNING = 1_000;

  private final char delimiter;
  private final long headerLine;
  private final Fields fields = new Fields();

  /**
   * @param headerLine the line that holds the names of the columns
   */
  public CsvLines(char delimiter, long headerLine) {
    this.delimiter = delimiter;
    this.headerLine = headerLine;
  }

  /**
   * Reads the names of the columns and the number of their line.
   *
   * @throws InvalidLoad if two columns have the same name, or a column has none
   */
  public static Header header(Block first, char delimiter) {
    CsvLines reader = new CsvLines(delimiter, 0);
    List<Header> headers = new ArrayList<>();
    try (CsvReader<Line> lines = reader.open(first)) {
      Iterator<Line> iterator = lines.iterator();
      if (!first.cut() && iterator.hasNext()) {
        Line line = iterator.next();
        List<String> names = new ArrayList<>();
        for (int field = 0; field < line.count(); field++) {
          names.add(line.text(field));
        }
        headers.add(new Header(names, first.firstLine() - 1 + line.number()));
      }
    } catch (CsvParseException e) {
      throw invalidCsv(first, e);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    if (headers.isEmpty()) {
      throw new InvalidLoad(
          first.cut()
              ? "The first line is longer than %,d characters: it is no header."
                  .formatted(TextFile.BLOCK)
              : "The file has no header line.");
    }
    Set<String> seen = new HashSet<>();
    for (String column : headers.get(0).columns()) {
      if (!seen.add(column)) {
        throw new InvalidLoad("The header has the column '" + column + "' twice.");
      }
    }
    return headers.get(0);
  }

  /**
   * The names of the columns.
   *
   * @param line the number of the header line; 0 if there is no header line
   */
  public record Header(List<String> columns, long line) {}

  @Override
  public void read(Block block, LineHandler handler) {
    if (block.cut()) {
      handler.handle(cut(block));
      return;
    }
    RawLines raw = new RawLines(block, delimiter);
    try (CsvReader<Line> lines = open(block)) {
      for (Line line : lines) {
        line.setSource(raw);
        line.renumber(block.firstLine() - 1 + line.number());
        if (!block.unbalanced().isEmpty() && block.unbalanced().contains(line.number())) {
          line.fail(Line.Fault.UNBALANCED_QUOTE, null);
        }
        if (line.number() != headerLine) {
          handler.handle(line);
        }
      }
    } catch (CsvParseException e) {
      throw invalidCsv(block, e);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * Reads the beginning of a line that is too long. Its first fields may still hold the codes of
   * the line.
   */
  private Line cut(Block block) {
    Line line = fields.line;
    line.begin(block.firstLine());
    int start = 0;
    int end = Math.min(block.length(), MAX_BEGINNING);
    for (int i = 0; i < end; i++) {
      if (block.chars()[i] == delimiter) {
        line.add(block.chars(), start, i - start);
        start = i + 1;
      }
    }
    line.setSource(block.chars(), 0, block.length());
    line.fail(Line.Fault.TOO_LONG, null);
    return line;
  }

  private CsvReader<Line> open(Block block) {
    return CsvReader.builder()
        .fieldSeparator(delimiter)
        .commentStrategy(CommentStrategy.NONE)
        .skipEmptyLines(true)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .allowExtraCharsAfterClosingQuote(true)
        .maxBufferSize(2 * TextFile.BLOCK)
        .build(fields, new CharArrayReader(block.chars(), 0, block.length()));
  }

  private static InvalidLoad invalidCsv(Block block, CsvParseException e) {
    return new InvalidLoad(
        "In the ten thousand lines from line %d on, the file is not CSV: %s"
            .formatted(block.firstLine(), e.getMessage()));
  }

  /** Passes on the characters in the reader's buffer without a copy as text. */
  private static final class Fields extends CsvCallbackHandler<Line> {
    private final Line line = new Line();
    private boolean empty;

    @Override
    protected RecordType getRecordType() {
      return empty ? RecordType.EMPTY : RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
      return line.count();
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
      empty = false;
      line.begin(startingLineNumber);
    }

    @Override
    protected void addField(char[] buffer, int offset, int length, boolean quoted) {
      line.add(buffer, offset, length);
    }

    @Override
    protected void setComment(char[] buffer, int offset, int length) {
      throw new IllegalStateException("The reader does not look for comments");
    }

    @Override
    protected void setEmpty() {
      empty = true;
    }

    @Override
    protected Line buildRecord() {
      return line;
    }
  }
}
