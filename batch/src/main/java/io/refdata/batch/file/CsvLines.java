package io.refdata.batch.file;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.RecordType;
import io.refdata.domain.layout.FileForm;
import io.refdata.domain.load.InvalidLoad;
import java.io.CharArrayReader;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines of CSV (RFC 4180) with any delimiter, quote and comment. */
public final class CsvLines implements LineReader {
  private final FileForm form;
  private final long headerLine;
  private final Fields fields;

  /**
   * @param headerLine the line that holds the names of the columns
   */
  private CsvLines(FileForm form, long headerLine) {
    this.form = form;
    this.headerLine = headerLine;
    this.fields = new Fields(form.trim());
  }

  /**
   * A reader of lines.
   *
   * @param headerLine the line that holds the names of the columns; 0 if there is none
   */
  public static LineReader of(FileForm form, long headerLine) {
    return form.spaces() || form.escapeSign() != FileForm.NONE
        ? new SplitLines(form, headerLine)
        : new CsvLines(form, headerLine);
  }

  /**
   * Reads the names of the columns and the number of their line.
   *
   * @throws InvalidLoad if there is no line
   */
  public static Header header(Block first, FileForm form) {
    if (first.cut()) {
      throw new InvalidLoad(
          "The first line is longer than %,d characters: it is no header."
              .formatted(TextFile.BLOCK));
    }
    List<Header> headers = new ArrayList<>();
    of(form, 0)
        .read(
            first,
            line -> {
              if (headers.isEmpty()) {
                List<String> names = new ArrayList<>();
                for (int field = 0; field < line.count(); field++) {
                  names.add(form.header() ? line.text(field) : Integer.toString(field + 1));
                }
                headers.add(new Header(names, form.header() ? line.number() : 0));
              }
            });
    if (headers.isEmpty()) {
      throw new InvalidLoad("The file has no header line.");
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
    RawLines raw = new RawLines(block, form);
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

  private Line cut(Block block) {
    Line line = fields.line;
    line.beginCut(block, form.fieldSeparator());
    return line;
  }

  private CsvReader<Line> open(Block block) {
    return CsvReader.builder()
        .fieldSeparator(form.fieldSeparator())
        .quoteCharacter(form.quoteSign())
        .commentStrategy(form.comment() == null ? CommentStrategy.NONE : CommentStrategy.SKIP)
        .commentCharacter(commentSign())
        .skipEmptyLines(true)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .allowExtraCharsAfterClosingQuote(true)
        .maxBufferSize(2 * TextFile.BLOCK)
        .build(fields, new CharArrayReader(block.chars(), 0, block.length()));
  }

  /** FastCSV wants one that is no other sign, though it does not look for it. */
  private char commentSign() {
    char sign = form.comment() == null ? 1 : form.commentSign();
    while (form.comment() == null && (sign == form.fieldSeparator() || sign == form.quoteSign())) {
      sign++;
    }
    return sign;
  }

  private static InvalidLoad invalidCsv(Block block, CsvParseException e) {
    return new InvalidLoad(
        "In the ten thousand lines from line %d on, the file is not CSV: %s"
            .formatted(block.firstLine(), e.getMessage()));
  }

  /** Passes on the characters in the reader's buffer without a copy as text. */
  private static final class Fields extends CsvCallbackHandler<Line> {
    private final Line line;
    private RecordType type = RecordType.DATA;

    Fields(boolean trim) {
      this.line = new Line(trim);
    }

    @Override
    protected RecordType getRecordType() {
      return type;
    }

    @Override
    protected int getFieldCount() {
      return line.count();
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
      type = RecordType.DATA;
      line.begin(startingLineNumber);
    }

    @Override
    protected void addField(char[] buffer, int offset, int length, boolean quoted) {
      line.add(buffer, offset, length);
    }

    @Override
    protected void setComment(char[] buffer, int offset, int length) {
      type = RecordType.COMMENT;
    }

    @Override
    protected void setEmpty() {
      type = RecordType.EMPTY;
    }

    @Override
    protected Line buildRecord() {
      return line;
    }
  }
}
