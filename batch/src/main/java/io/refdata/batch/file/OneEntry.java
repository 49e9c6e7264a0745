package io.refdata.batch.file;

import io.refdata.domain.load.InvalidLoad;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The only file in a zip file. */
final class OneEntry extends FilterInputStream {
  private static final int MOST_NAMED = 5;

  private final ZipFile zip;
  private final long size;
  private final long checksum;

  private OneEntry(ZipFile zip, ZipEntry entry) throws IOException {
    super(new CheckedInputStream(zip.getInputStream(entry), new CRC32()));
    this.zip = zip;
    this.checksum = entry.getCrc();
    this.size = entry.getSize();
  }

  /** The number of its bytes out of the zip file. */
  long size() {
    return size;
  }

  /**
   * @throws InvalidLoad if there is no file in it, or several, or a workbook
   */
  static OneEntry open(Path file) throws IOException {
    ZipFile zip = new ZipFile(file.toFile());
    try {
      return new OneEntry(zip, only(zip));
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static ZipEntry only(ZipFile zip) {
    if (zip.getEntry("[Content_Types].xml") != null) {
      throw new InvalidLoad(
          "The file is an Excel workbook (or another document of Office): save the sheet as CSV"
              + " UTF-8 and send that.");
    }
    List<? extends ZipEntry> files =
        zip.stream().filter(entry -> !entry.isDirectory()).limit(MOST_NAMED).toList();
    if (files.size() != 1) {
      throw new InvalidLoad(
          files.isEmpty()
              ? "The zip file has no file in it."
              : "The zip file has several files (%s): send each of them alone."
                  .formatted(String.join(", ", files.stream().map(ZipEntry::getName).toList())));
    }
    return files.get(0);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    if (read < 0 && ((CheckedInputStream) in).getChecksum().getValue() != checksum) {
      throw new ZipException("its checksum is another");
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    super.close();
    zip.close();
  }
}
