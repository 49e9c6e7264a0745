package io.refdata.persistence.json;

import com.fasterxml.jackson.core.JsonLocation;

/**
 * A client sent malformed JSON, or JSON that cannot be stored. The message says what is wrong, and
 * where.
 */
public class MalformedJson extends RuntimeException {
  private final String pointer;

  /**
   * @param fault the fault in our own words, since a parser's message quotes the client's input
   * @param at the place of the fault
   */
  MalformedJson(String fault, JsonLocation at) {
    this(fault, at, "");
  }

  /**
   * @param pointer a JSON pointer to a value that can be read but not stored
   */
  MalformedJson(String fault, JsonLocation at, String pointer) {
    super("%s (line %d, column %d)".formatted(fault, at.getLineNr(), at.getColumnNr()));
    this.pointer = pointer;
  }

  /** A JSON pointer to the value, if it is valid JSON that cannot be stored; else empty. */
  public String pointer() {
    return pointer;
  }
}
