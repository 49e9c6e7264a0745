package io.refdata.api.item;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Items of any collection, of which each has some of the properties; the same at each call. */
final class SampleItems {
  private static final List<String> NAMES =
      List.of("Zebra", "apple", "Äther", "zoo", "\uD801\uDC37 astral", "\uFF5A wide", "apple");
  private static final List<String> TEXTS = List.of("MWh", "b", "B", "é");
  private static final List<String> DAYS = List.of("1999-12-31", "2012-05-01", "2020-01-01");

  private final ItemType<?> type;
  private final Random random = new Random(7);
  private final Map<String, List<String>> pools = new HashMap<>();

  SampleItems(ItemType<?> type) {
    this.type = type;
  }

  /** A body to put; every third lacks what it can lack. */
  JsonNode body(int number) {
    ObjectNode body = Rest.JSON.createObjectNode();
    for (Property property : type.shown()) {
      boolean missing = !property.required() && (number % 3 == 0 || random.nextInt(4) == 0);
      if (property != type.code() && !missing) {
        body.set(property.name(), value(property));
      }
    }
    return body;
  }

  private JsonNode value(Property property) {
    var nodes = Rest.JSON.getNodeFactory();
    return switch (property.kind()) {
      case TEXT ->
          nodes.textNode(
              switch (property.name()) {
                case "name" -> any(NAMES);
                case "lei" -> any(List.of(lei("969500T6Y9DXYQHUJV"), lei("529900T8BM49AURSDO")));
                case "alpha2" -> any(List.of("XA", "XB"));
                case "m49" -> any(List.of("990", "991"));
                case "ucum" -> any(List.of("kW.h", "MJ", "41868.MJ"));
                case "dimension" -> any(List.of("ENERGY", "HEAT"));
                default -> any(TEXTS);
              });
      case CODE -> nodes.textNode(any(pool("code-lists/" + property.lists().get(0) + "/codes")));
      case NUMBER ->
          nodes.numberNode(
              (random.nextInt(4) + (property.name().equals("factor") ? 1 : 0)) * 20.25);
      case INTEGER -> nodes.numberNode(1 + random.nextInt(3));
      // A day that must not be before another is the last of all.
      case DAY -> nodes.textNode(property.name().endsWith("To") ? "2020-01-02" : any(DAYS));
      case YEAR_OR_DAY ->
          nodes.textNode(
              property.name().equals("retired") ? any(List.of("2021", "2022-02-02")) : any(DAYS));
      case REFERENCE -> reference(property);
      case IDENTIFIERS -> Rest.JSON.createObjectNode().put("MIC", any(List.of("XPAR", "XNAS")));
      case OWNERS ->
          Rest.JSON
              .createArrayNode()
              .add(
                  Rest.JSON
                      .createObjectNode()
                      .put("share", 0.25)
                      .set("organization", reference(property)));
    };
  }

  /** With the check digits it makes, ISO 17442. */
  static String lei(String eighteen) {
    StringBuilder digits = new StringBuilder();
    eighteen.chars().forEach(c -> digits.append(Character.getNumericValue(c)));
    int rest = new BigInteger(digits + "00").mod(BigInteger.valueOf(97)).intValue();
    return eighteen + "%02d".formatted(98 - rest);
  }

  /** Makes what the items refer to: of each collection that they do, the first three by code. */
  static void referredTo() {
    if (Rest.get("code-lists/SAMPLE_CODES/codes/A_3").statusCode() == 200) {
      return;
    }
    Rest.put("code-lists/SAMPLE_CODES", null, "{\"name\": \"Codes\"}");
    for (int i = 1; i <= 3; i++) {
      Rest.put("organizations/A_" + i, null, "{\"name\": \"Owner\"}");
      Rest.put(
          "facilities/A_" + i,
          null,
          "{\"name\": \"Plant\", \"kind\": \"POWER_PLANT\", \"region\": {\"code\": \"FRA\"}}");
      Rest.put("code-lists/SAMPLE_CODES/codes/A_" + i, null, "{\"name\": \"Code\"}");
    }
  }

  private JsonNode reference(Property property) {
    String collection = Catalogue.of(property.target()).collection();
    List<String> pool =
        collection.equals("codes") ? pool("code-lists/SAMPLE_CODES/codes") : pool(collection);
    return Rest.JSON.createObjectNode().put("code", any(pool));
  }

  private List<String> pool(String path) {
    return pools.computeIfAbsent(
        path, known -> Rest.codes(Rest.json(Rest.get(known, "limit", "3")).get("items")));
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** The codes of so many items. */
  List<String> codes(int count) {
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      codes.add("SAMPLE_" + (char) ('A' + (i * 7) % 26) + "_" + i);
    }
    return codes;
  }

  /** The value of a filter on the property that finds the item, null if it has no value. */
  static @Nullable String filterable(Property property, JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    return switch (property.kind()) {
      case REFERENCE -> value.get("code").textValue();
      case OWNERS -> value.at("/0/organization/code").textValue();
      case IDENTIFIERS -> "MIC:" + value.get("MIC").textValue();
      default -> value.asText();
    };
  }

  /** Missing values last either way; text in code-point order. */
  static Comparator<JsonNode> order(Property property, boolean descending) {
    Comparator<JsonNode> byValue =
        switch (property.kind()) {
          case NUMBER, INTEGER -> Comparator.comparing(JsonNode::doubleValue);
          case REFERENCE -> Comparator.comparing(item -> item.get("code").textValue());
          default ->
              (one, other) ->
                  Arrays.compare(
                      one.textValue().codePoints().toArray(),
                      other.textValue().codePoints().toArray());
        };
    Comparator<JsonNode> ordered = descending ? byValue.reversed() : byValue;
    return (one, other) -> {
      JsonNode left = one.get(property.name());
      JsonNode right = other.get(property.name());
      return left.isNull() || right.isNull()
          ? Boolean.compare(left.isNull(), right.isNull())
          : ordered.compare(left, right);
    };
  }
}
