package io.refdata.batch.load;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import io.refdata.layout.LayoutDefinition;
import io.refdata.persistence.load.LoadRefused;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file with a header line, gzip or not, read line by line. What cannot be read as text, or as
 * CSV, refuses the whole load and says where.
 */
final class CsvFile implements AutoCloseable {
  private static final int LONGEST_FIELD = 1 << 20;
  private static final int GZIP_MAGIC = 0x1F8B;

  private final long bytes;
  private final Counting counting;
  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> records;
  private final List<String> header;

  CsvFile(Path file, LayoutDefinition layout) throws IOException {
    bytes = Files.size(file);
    counting = new Counting(Files.newInputStream(file));
    reader =
        CsvReader.builder()
            .fieldSeparator(layout.fieldSeparator())
            .commentStrategy(CommentStrategy.NONE)
            .skipEmptyLines(true)
            .maxBufferSize(4 * LONGEST_FIELD)
            .build(
                CsvRecordHandler.builder().maxFieldSize(LONGEST_FIELD).build(),
                new InputStreamReader(
                    unzipped(counting),
                    Charset.forName(layout.charset())
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
    records = reader.iterator();
    CsvRecord first = next();
    if (first == null) {
      throw new LoadRefused("The file is empty.");
    }
    header = header(first);
  }

  private static InputStream unzipped(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
    buffered.mark(2);
    int magic = buffered.read() << 8 | buffered.read();
    buffered.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }

  private static List<String> header(CsvRecord first) {
    List<String> header = List.copyOf(first.getFields());
    if (header.get(0).startsWith("\uFEFF")) {
      header = new java.util.ArrayList<>(header);
      header.set(0, header.get(0).substring(1));
    }
    Set<String> seen = new HashSet<>();
    for (String column : header) {
      if (!seen.add(column)) {
        throw new LoadRefused("The header has the column '" + column + "' twice.");
      }
    }
    return header;
  }

  /** The names of the columns, from the first line. */
  List<String> header() {
    return header;
  }

  /** The number of a column that a layout names. */
  int column(String name) {
    int column = header.indexOf(name);
    if (column < 0) {
      throw new LoadRefused(
          "The file has no column '" + name + "'; it has " + String.join(", ", header) + ".");
    }
    return column;
  }

  /** The next line that is not empty; null after the last. */
  @Nullable CsvRecord next() {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException e) {
      throw unreadable(e);
    } catch (UncheckedIOException e) {
      throw unreadable(e);
    }
  }

  private static LoadRefused unreadable(RuntimeException e) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CharacterCodingException) {
        return new LoadRefused(
            "The file is not in the encoding that its layout says (UTF-8 unless it says another).");
      } else if (cause instanceof ZipException || cause instanceof java.io.EOFException) {
        return new LoadRefused("The gzip file is broken: " + cause.getMessage());
      }
    }
    return new LoadRefused("The file is not CSV: " + e.getMessage());
  }

  /** The part of the file that has been read, 0 to 1. */
  double progress() {
    return bytes == 0 ? 1 : Math.min(1, (double) counting.count / bytes);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** Counts the bytes as they stand in the file. */
  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
