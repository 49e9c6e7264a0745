package io.refdata.api.response;

/** CSV as RFC 4180 has it; lines end in a line feed alone, which every reader of it takes. */
public final class Csv {
  private Csv() {}

  /** A field, quoted where it has to be. */
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
