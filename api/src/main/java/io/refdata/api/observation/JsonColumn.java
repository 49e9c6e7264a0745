package io.refdata.api.observation;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.persistence.json.DecimalText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * An array of JSON that grows beside others: its bytes, as they will be sent. A generator would
 * take an object for each element, and write them one by one later.
 */
final class JsonColumn {
  private static final int FIRST_BYTES = 1_024;

  /** Of a text, besides its characters: a comma and two quotes. */
  private static final int AROUND_TEXT = 3;

  private static final byte[] NULL = {',', 'n', 'u', 'l', 'l'};

  /** The elements, each after a comma. */
  private byte[] bytes = new byte[FIRST_BYTES];

  private int length;

  /** Adds a text of ASCII characters that need no escape, such as a period or a code. */
  void add(String plain) {
    int characters = plain.length();
    int at = room(characters + AROUND_TEXT);
    bytes[at++] = ',';
    bytes[at++] = '"';
    for (int i = 0; i < characters; i++) {
      bytes[at++] = (byte) plain.charAt(i);
    }
    bytes[at++] = '"';
    length = at;
  }

  /** Adds a number; null if it is not finite. */
  void add(double number, DecimalText numbers) {
    if (Double.isFinite(number)) {
      int at = room(1 + DecimalText.MOST_BYTES);
      bytes[at++] = ',';
      length = numbers.write(number, bytes, at);
    } else {
      int at = room(NULL.length);
      System.arraycopy(NULL, 0, bytes, at, NULL.length);
      length = at + NULL.length;
    }
  }

  private int room(int more) {
    if (bytes.length - length < more) {
      PartBytes.requireRoom((long) length + more);
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    return length;
  }

  /**
   * Writes the array as a member, and begins anew.
   *
   * @param out where the generator writes to
   */
  void write(String member, JsonGenerator json, OutputStream out) throws IOException {
    json.writeFieldName(member);
    json.writeRawValue("");
    json.flush();
    out.write('[');
    if (length > 0) {
      out.write(bytes, 1, length - 1);
    }
    out.write(']');
    length = 0;
  }
}
