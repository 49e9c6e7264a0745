package io.refdata.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bodies: as the description's example has them, with one member changed, or broken as a whole. */
final class Bodies {
  private static final JsonMapper JSON = new JsonMapper();

  /** Stands where something is to be written that is no text. */
  private static final String PLACE = "@PLACE@";

  private static final String[] VALUES = {
    "null",
    "true",
    "0",
    "-1",
    "1.5",
    "1e400",
    "-1e400",
    "1e-400",
    "1E+2147483648",
    "1e-999999999",
    "9007199254740993",
    "123456789012345678901234567890",
    "0.1000000000000000000000000000000000001",
    "NaN",
    "Infinity",
    "-",
    "01",
    "+1",
    "1.",
    "\"\"",
    "\" \"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"a\\udc00\"",
    "\"\\uffff\"",
    "\"'\"",
    "\"%s\"",
    "\"FRA\"",
    "\"NOSUCH\"",
    "\"A.B\"",
    "\"a/b\"",
    "\"9999-99-99\"",
    "\"2020\"",
    "\"2020-02-30\"",
    "\"(a+a+)+\\\\1b\"",
    "\"(a|aa)+b\"",
    "\"yyyy[\"",
    "\"PT1S\"",
    "\"P-1D\"",
    "\"P99999999999Y\"",
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "[1,\"x\",null]",
    "{\"code\":\"FRA\"}",
    "{\"code\":null}",
    "{\"code\":{\"code\":\"FRA\"}}",
    "{\"\":1}",
    "[{\"organization\":\"EDF\",\"share\":1e400}]",
    "[{\"organization\":\"EDF\",\"share\":0.5},{\"organization\":\"EDF\",\"share\":0.5}]",
    "\"" + "x".repeat(10_000) + "\"",
    "9".repeat(1_500),
    "[".repeat(900) + "]".repeat(900),
    "{\"a\":".repeat(1_100) + "1" + "}".repeat(1_100)
  };

  private static final String[] WHOLE = {
    "",
    " ",
    "null",
    "[]",
    "{}",
    "\"x\"",
    "1",
    "true",
    "[{}]",
    "[null]",
    "{\"a\"",
    "{\"a\":1,}",
    "{'a':1}",
    "{a:1}",
    "// x\n{}",
    "{} {}",
    "{}x",
    "[,]",
    "\u0000",
    "{\"\\ud800\":1}",
    "{\"\u0001\":1}",
    "\n\n{}\n\n{}",
    "[{},{},{}]",
    "{\"a\":1,\"a\":2}",
    "[" + "{},".repeat(20_000) + "{}]",
    "[".repeat(100_000),
    "a,b\n\"x",
    "time,value\r\n2020,1\r\n",
    ",\n,\n",
    "\ufeff{}"
  };

  private static final Charset[] OTHERS = {
    StandardCharsets.UTF_16,
    StandardCharsets.UTF_16LE,
    StandardCharsets.UTF_16BE,
    Charset.forName("UTF-32"),
    Charset.forName("UTF-32LE"),
    StandardCharsets.ISO_8859_1
  };

  private Bodies() {}

  /** The example as it is. */
  static byte[] right(JsonNode example) {
    String text = example.isTextual() ? example.asText() : example.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] hostile(Chance chance, JsonNode example) {
    byte[] right = right(example);
    return switch (chance.below(10)) {
      case 0 -> chance.of(WHOLE).getBytes(StandardCharsets.UTF_8);
      case 1 -> Arrays.copyOf(right, chance.below(right.length + 1));
      case 2 -> flipped(chance, right);
      case 3 -> new String(right, StandardCharsets.UTF_8).getBytes(chance.of(OTHERS));
      default -> example.isContainerNode() ? changed(chance, example) : flipped(chance, right);
    };
  }

  private static byte[] flipped(Chance chance, byte[] right) {
    byte[] flipped = right.clone();
    for (int i = 0; i <= chance.below(3) && flipped.length > 0; i++) {
      flipped[chance.below(flipped.length)] = (byte) chance.below(256);
    }
    return flipped;
  }

  /** One member is another value, is gone, is there twice, or is one too many. */
  private static byte[] changed(Chance chance, JsonNode example) {
    JsonNode root = example.deepCopy();
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    JsonNode container = chance.of(containers);
    if (container instanceof ObjectNode object) {
      change(chance, object);
    } else if (container instanceof ArrayNode array && !array.isEmpty()) {
      array.set(chance.below(array.size()), PLACE);
    } else {
      ((ArrayNode) container).add(PLACE);
    }
    String value = chance.of(VALUES);
    return root.toString().replace("\"" + PLACE + "\"", value).getBytes(StandardCharsets.UTF_8);
  }

  private static void change(Chance chance, ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    int what = names.isEmpty() ? 0 : chance.below(8);
    if (what == 0) {
      object.put(
          chance.of("", "nosuch", "code", "name", "a/b~c", "\u0001", "x".repeat(5_000)), PLACE);
    } else if (what == 1) {
      object.remove(chance.of(names));
    } else {
      object.put(chance.of(names), PLACE);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  /** A text with a name twice in one object. */
  static byte[] twice(JsonNode example) {
    String text = example.toString();
    return (example.isObject() && !example.isEmpty()
            ? "{" + text.substring(1, text.length() - 1) + "," + text.substring(1)
            : text)
        .getBytes(StandardCharsets.UTF_8);
  }

  static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
