package io.refdata.batch.file;

import io.refdata.domain.load.InvalidLoad;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The kind of a file, told by its first bytes. */
enum FileKind {
  TEXT("a text file", ""),
  GZIP("a gzip file", "unzip it once and send that"),
  ZIP("a zip file", "unzip it once and send that"),
  HTML("a web page (HTML)", "send the file that the page links to, or log in first to fetch it"),
  OLD_EXCEL("an Excel workbook", "save the sheet as CSV UTF-8 and send that"),
  PARQUET("a Parquet file", "write it as CSV and send that"),
  PDF("a PDF document", "send the data as CSV"),
  BZIP2("a bzip2 file", "send it as gzip, or as it is"),
  XZ("an xz file", "send it as gzip, or as it is");

  private static final int LOOK = 512;

  private final String name;
  private final String cure;

  FileKind(String name, String cure) {
    this.name = name;
    this.cure = cure;
  }

  /** Looks at the first bytes of a stream that can go back to them. */
  static FileKind of(InputStream in) throws IOException {
    in.mark(LOOK);
    byte[] bytes = in.readNBytes(LOOK);
    in.reset();
    String latin = new String(bytes, StandardCharsets.ISO_8859_1);
    if (latin.startsWith("\u001f\u008b")) {
      return GZIP;
    } else if (latin.startsWith("PK\u0003\u0004") || latin.startsWith("PK\u0005\u0006")) {
      return ZIP;
    } else if (latin.startsWith("\u00d0\u00cf\u0011\u00e0")) {
      return OLD_EXCEL;
    } else if (latin.startsWith("PAR1")) {
      return PARQUET;
    } else if (latin.startsWith("%PDF-")) {
      return PDF;
    } else if (latin.startsWith("BZh")) {
      return BZIP2;
    } else if (latin.startsWith("\u00fd7zXZ")) {
      return XZ;
    }
    String text = latin.replace("\u00ef\u00bb\u00bf", "").strip().toLowerCase(Locale.ROOT);
    return text.startsWith("<!doctype html") || text.startsWith("<html") ? HTML : TEXT;
  }

  /**
   * @throws InvalidLoad if this is no text
   */
  void requireText() {
    if (this != TEXT) {
      throw new InvalidLoad("The file is %s: %s.".formatted(name, cure));
    }
  }

  /**
   * @throws InvalidLoad if this is no text, and was in that archive
   */
  void requireTextIn(FileKind archive) {
    if (this != TEXT) {
      throw new InvalidLoad("In %s is %s: %s.".formatted(archive.name, name, cure));
    }
  }
}
