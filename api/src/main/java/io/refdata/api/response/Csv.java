package io.refdata.api.response;

/** CSV as in RFC 4180, but lines end in a line feed alone, which every CSV reader accepts. */
public final class Csv {
  private Csv() {}

  /** A field, in quotes if it needs them. */
  public static String field(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return '"' + text.replace("\"", "\"\"") + '"';
      }
    }
    return text;
  }
}
