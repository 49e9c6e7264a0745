package io.refdata.api.table;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Takes the instant at which it is written out of a workbook, so that the same table is the same
 * bytes each time. The library writes it into the properties of the document, and has no way to
 * leave it out. Give it a workbook whose entries are not compressed: they are here.
 */
final class UndatedWorkbook extends OutputStream {
  private static final String PROPERTIES = "docProps/core.xml";
  private static final String CREATED = "<dcterms:created";
  private static final String CREATED_END = "</dcterms:created>";

  /** The first that an entry can have; it means that there is none. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  // The signatures and lengths of the parts of a zip file (PKWARE APPNOTE 4.3).
  private static final int SIGNATURE_LENGTH = 4;
  private static final int ENTRY = 0x04034b50;
  private static final int ENTRY_LENGTH = 30;
  private static final int NAME_LENGTH_AT = 26;
  private static final int EXTRA_LENGTH_AT = 28;
  private static final int DESCRIPTOR = 0x08074b50;

  /** With sizes of 8 bytes, as the library writes them. */
  private static final int DESCRIPTOR_LENGTH = 24;

  private static final int BLOCK = 1 << 16;

  private final ZipOutputStream zip;
  private final Inflater inflater = new Inflater(true);
  private final byte[] block = new byte[BLOCK];
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final ByteArrayOutputStream properties = new ByteArrayOutputStream();
  private boolean inEntry;
  private boolean inProperties;
  private boolean ended;

  UndatedWorkbook(OutputStream out) {
    zip = new ZipOutputStream(new BufferedOutputStream(new Unclosed(out), BLOCK));
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    int at = from;
    int end = from + count;
    while (at < end && !ended) {
      at += inEntry ? data(bytes, at, end - at) : head(bytes, at, end - at);
    }
  }

  /** Reads some of what is between the contents of two entries; returns how many bytes. */
  private int head(byte[] bytes, int from, int count) throws IOException {
    int read = Math.min(count, headLength() - head.size());
    head.write(bytes, from, read);
    int length = headLength();
    if (head.size() == length && length > SIGNATURE_LENGTH) {
      if (signature() == ENTRY) {
        begin();
      }
      head.reset();
    } else if (head.size() == SIGNATURE_LENGTH && length == SIGNATURE_LENGTH) {
      ended = true; // the directory: the other file gets its own
    }
    return read;
  }

  private ByteBuffer read() {
    return ByteBuffer.wrap(head.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private int signature() {
    return read().getInt(0);
  }

  private int headLength() {
    if (head.size() < SIGNATURE_LENGTH) {
      return SIGNATURE_LENGTH;
    }
    return switch (signature()) {
      case ENTRY ->
          head.size() < ENTRY_LENGTH
              ? ENTRY_LENGTH
              : ENTRY_LENGTH + length(NAME_LENGTH_AT) + length(EXTRA_LENGTH_AT);
      case DESCRIPTOR -> DESCRIPTOR_LENGTH;
      default -> SIGNATURE_LENGTH;
    };
  }

  private int length(int at) {
    return Short.toUnsignedInt(read().getShort(at));
  }

  private void begin() throws IOException {
    String name =
        new String(
            head.toByteArray(), ENTRY_LENGTH, length(NAME_LENGTH_AT), StandardCharsets.UTF_8);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    inEntry = true;
    inProperties = name.equals(PROPERTIES);
  }

  /** Reads some of the content of an entry; returns how many bytes. */
  private int data(byte[] bytes, int from, int count) throws IOException {
    inflater.setInput(bytes, from, count);
    OutputStream content = inProperties ? properties : zip;
    try {
      while (!inflater.finished() && !inflater.needsInput()) {
        content.write(block, 0, inflater.inflate(block));
      }
    } catch (DataFormatException e) {
      throw new IOException("The workbook is no zip file", e);
    }
    int read = count - inflater.getRemaining();
    if (inflater.finished()) {
      if (inProperties) {
        zip.write(undated(properties.toString(StandardCharsets.UTF_8)));
      }
      zip.closeEntry();
      inflater.reset();
      inEntry = false;
    }
    return read;
  }

  private static byte[] undated(String xml) {
    int from = xml.indexOf(CREATED);
    int to = xml.indexOf(CREATED_END);
    String undated =
        from < 0 || to < from
            ? xml
            : xml.substring(0, from) + xml.substring(to + CREATED_END.length());
    return undated.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void flush() throws IOException {
    zip.flush();
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    zip.close();
  }
}
