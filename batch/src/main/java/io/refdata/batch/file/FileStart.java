package io.refdata.batch.file;

import io.refdata.domain.load.InvalidLoad;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/** The beginning of a file, out of gzip or zip if it is in one, though that may be cut off. */
public final class FileStart {
  private static final int BUFFER = 1 << 13;

  private FileStart() {}

  /**
   * The bytes of the text.
   *
   * @param most the largest number of bytes that is returned
   * @throws InvalidLoad if it is no text; the message is the one that a load would have
   */
  public static byte[] text(byte[] file, int most) {
    try (InputStream in = new ByteArrayInputStream(file)) {
      FileKind kind = FileKind.of(in);
      if (kind == FileKind.GZIP) {
        return unzipped(new GZIPInputStream(in), kind, most);
      } else if (kind == FileKind.ZIP) {
        ZipInputStream zip = new ZipInputStream(in);
        if (zip.getNextEntry() == null) {
          throw new InvalidLoad("The zip file has no entry.");
        }
        byte[] text = unzipped(zip, kind, most);
        requireOne(zip);
        return text;
      }
      kind.requireText();
      return in.readNBytes(most);
    } catch (IOException e) {
      throw new InvalidLoad("The gzip or zip file is broken: " + e.getMessage() + ".");
    }
  }

  private static byte[] unzipped(InputStream in, FileKind archive, int most) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    try {
      int read = 0;
      while (read >= 0 && text.size() < most) {
        text.write(buffer, 0, read);
        read = in.read(buffer, 0, Math.min(buffer.length, most - text.size()));
      }
    } catch (EOFException e) {
      // Only the beginning of the archive was sent.
    }
    byte[] bytes = text.toByteArray();
    FileKind.of(new ByteArrayInputStream(bytes)).requireTextIn(archive);
    return bytes;
  }

  /** The second entry is seen only if the whole archive was sent. */
  private static void requireOne(ZipInputStream zip) throws IOException {
    try {
      if (zip.getNextEntry() != null) {
        throw new InvalidLoad("The zip file has several entries: send each file by itself.");
      }
    } catch (EOFException e) {
      // Only the beginning of the archive was sent.
    }
  }
}
