package io.refdata.api.observation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One row of a push: its members, as they were sent. */
final class PushedRow {
  /** The number of characters of a wrong value that a reject shows. */
  private static final int MAX_SHOWN = 64;

  private final Map<String, Member> members = new HashMap<>();
  private @Nullable String unknown;

  /** The first token of a member's value and its text. */
  private record Member(JsonToken token, String text) {}

  private PushedRow() {}

  /**
   * Reads the row at the current token of the parser to its end, and copies it. A row that is not
   * an object has no members.
   *
   * @param names the names of the members that have a meaning
   * @param number the number of the row in the push, from 1
   * @throws Problem if the row is longer than the limit
   */
  static PushedRow read(JsonParser parser, JsonGenerator copy, Set<String> names, int number)
      throws IOException {
    PushedRow row = new PushedRow();
    boolean object = parser.currentToken() == JsonToken.START_OBJECT;
    long start = parser.currentLocation().getCharOffset();
    int depth = 0;
    while (true) {
      JsonToken token = parser.currentToken();
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      copy.copyCurrentEvent(parser);
      if (depth == 0) {
        return row;
      } else if (parser.currentLocation().getCharOffset() - start > PushBody.MAX_ROW_CHARACTERS) {
        throw new Problem(
            ProblemType.TOO_LARGE,
            "Row %d has more than %,d characters.".formatted(number, PushBody.MAX_ROW_CHARACTERS));
      }
      boolean member = object && depth == 1 && token == JsonToken.FIELD_NAME;
      String name = member ? parser.currentName() : "";
      JsonToken value = parser.nextToken();
      if (member && names.contains(name)) {
        row.members.put(name, new Member(value, parser.getText()));
      } else if (member && row.unknown == null) {
        row.unknown = cut(name);
      }
    }
  }

  /** The first member without a meaning, as a reject shows it; null if there is none. */
  @Nullable String unknown() {
    return unknown;
  }

  /**
   * The text of a member, which may be a number, such as a year; null if it is neither a text nor a
   * whole number.
   */
  @Nullable String text(String name) {
    Member member = members.get(name);
    return member != null
            && (member.token == JsonToken.VALUE_STRING
                || member.token == JsonToken.VALUE_NUMBER_INT)
        ? member.text
        : null;
  }

  /** Whether there is such a member, and it is not null. */
  boolean has(String name) {
    Member member = members.get(name);
    return member != null && member.token != JsonToken.VALUE_NULL;
  }

  /** The value of a member; null if it is not a number. */
  @Nullable Double number(String name) {
    Member member = members.get(name);
    return member != null && member.token.isNumeric() ? Double.valueOf(member.text) : null;
  }

  /** The text of a member in a reject. */
  String shown(String name) {
    Member member = members.get(name);
    if (member == null) {
      return "it is missing";
    }
    String text = cut(member.text);
    return switch (member.token) {
      case VALUE_STRING -> '"' + text + '"';
      case START_OBJECT -> "{…}";
      case START_ARRAY -> "[…]";
      default -> text;
    };
  }

  private static String cut(String text) {
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
  }
}
