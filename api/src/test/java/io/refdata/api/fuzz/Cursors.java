package io.refdata.api.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Cursors as nobody has given them out: of right ones, with other values at one place. */
final class Cursors {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String[] VALUES = {
    "null",
    "1",
    "\"\"",
    "\"x\"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "{}",
    "[]",
    "[[]]",
    "true",
    "1e400",
    "\"-1\"",
    "\"99999999999999999999\"",
    "\"1e400\"",
    "\"NaN\"",
    "\"9999-99-99\"",
    "\"FRA\"",
    "\"+999999999-12-31T23:59:59Z\"",
    "\"294277-01-01T00:00:00Z\"",
    "\"2020-01-01T00:00:00Z\"",
    "\"-999999999-01-01T00:00:00Z\"",
    "\"2020\"",
    "\"regions\"",
    "\"code-lists/x/codes\""
  };

  private Cursors() {}

  static String forged(Chance chance, String real) {
    ArrayNode values = values(real);
    int change = chance.below(4);
    if (change == 0 && values.size() > 1) {
      values.remove(values.size() - 1);
    } else if (change == 1) {
      values.add(value(chance));
    } else if (values.size() > 1) {
      values.set(1 + chance.below(values.size() - 1), value(chance));
    } else {
      values.add(value(chance)).add(value(chance));
    }
    String text = chance.percent(5) ? "[".repeat(chance.of(100, 2_000)) : values.toString();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ArrayNode values(String real) {
    try {
      if (JSON.readTree(Base64.getUrlDecoder().decode(real)) instanceof ArrayNode values) {
        return values;
      }
    } catch (IllegalArgumentException | IOException e) {
      // It was none; then of nothing.
    }
    return JSON.createArrayNode().add("00000000");
  }

  private static JsonNode value(Chance chance) {
    try {
      return JSON.readTree(chance.of(VALUES));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
