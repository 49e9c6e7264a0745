package io.refdata.persistence.json;

import com.fasterxml.jackson.core.JsonLocation;

/** What a client sent is no JSON that can be kept; the message says what is wrong, and where. */
public class MalformedJson extends RuntimeException {
  /**
   * @param fault what is wrong, in words of our own: a parser's quote what the client sent
   * @param at where
   */
  MalformedJson(String fault, JsonLocation at) {
    super("%s (line %d, column %d)".formatted(fault, at.getLineNr(), at.getColumnNr()));
  }
}
