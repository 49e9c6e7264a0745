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

/** One row of a push: those of its members that mean something, as they were sent. */
final class PushedRow {
  /** How much of a value that is wrong a refusal shows. */
  private static final int SHOWN = 64;

  private final Map<String, Member> members = new HashMap<>();

  /** A member's first token and its text. */
  private record Member(JsonToken token, String text) {}

  private PushedRow() {}

  /**
   * Reads the row that the parser stands at, to its end, and copies it. What is no object has no
   * members.
   *
   * @param names of the members that mean something
   * @param number its place among all that were sent, from 1
   * @throws Problem if it is longer than any row
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
      } else if (parser.currentLocation().getCharOffset() - start > PushBody.MOST_ROW_CHARACTERS) {
        throw new Problem(
            ProblemType.TOO_LARGE,
            "Row %d has more than %,d characters.".formatted(number, PushBody.MOST_ROW_CHARACTERS));
      }
      boolean member = object && depth == 1 && token == JsonToken.FIELD_NAME;
      String name = member ? parser.currentName() : "";
      JsonToken value = parser.nextToken();
      if (member && names.contains(name)) {
        row.members.put(name, new Member(value, parser.getText()));
      }
    }
  }

  /** A member as a text; a year may be a number. */
  @Nullable String text(String name) {
    Member member = members.get(name);
    return member != null
            && (member.token == JsonToken.VALUE_STRING
                || member.token == JsonToken.VALUE_NUMBER_INT)
        ? member.text
        : null;
  }

  /** A member that is a number; null if it is none. */
  @Nullable Double number(String name) {
    Member member = members.get(name);
    return member != null && member.token.isNumeric() ? Double.valueOf(member.text) : null;
  }

  /** A member as a refusal shows it. */
  String shown(String name) {
    Member member = members.get(name);
    if (member == null) {
      return "there is none";
    }
    String text =
        member.text.length() > SHOWN ? member.text.substring(0, SHOWN) + "…" : member.text;
    return switch (member.token) {
      case VALUE_STRING -> '"' + text + '"';
      case START_OBJECT -> "{…}";
      case START_ARRAY -> "[…]";
      default -> text;
    };
  }
}
