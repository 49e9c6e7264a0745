package io.refdata.persistence.json;

import com.fasterxml.jackson.core.JsonLocation;

/** What a client sent is no JSON that can be kept; the message says what is wrong, and where. */
public class MalformedJson extends RuntimeException {
  private final String pointer;

  /**
   * @param fault what is wrong, in words of our own: a parser's quote what the client sent
   * @param at where
   */
  MalformedJson(String fault, JsonLocation at) {
    this(fault, at, "");
  }

  /**
   * @param pointer a JSON pointer to what is wrong, which can be read, but not be kept
   */
  MalformedJson(String fault, JsonLocation at, String pointer) {
    super("%s (line %d, column %d)".formatted(fault, at.getLineNr(), at.getColumnNr()));
    this.pointer = pointer;
  }

  /** Where it is, if it is JSON, though none that can be kept: a JSON pointer; else empty. */
  public String pointer() {
    return pointer;
  }
}
