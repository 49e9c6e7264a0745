package io.refdata.api.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Headers that hold a text of people. */
public final class HeaderText {
  private HeaderText() {}

  /**
   * The text of a header. The server reads each byte as a letter of ISO 8859-1, and most clients
   * send UTF-8; what is not UTF-8 stays as it was read.
   */
  public static String of(String header) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      return header;
    }
  }
}
