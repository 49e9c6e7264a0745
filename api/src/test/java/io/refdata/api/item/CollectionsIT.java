package io.refdata.api.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of every collection alike, each compared with lists kept in memory. */
@ArquillianTest
class CollectionsIT {
  private static final int ITEMS = 14;
  private static final Map<ItemType<?>, Map<String, JsonNode>> SAMPLES = new HashMap<>();

  static Stream<ItemType<?>> collections() {
    return Catalogue.all().stream();
  }

  private static String path(ItemType<?> type) {
    return type == Catalogue.CODES ? "code-lists/SAMPLE_CODES/codes" : type.collection();
  }

  /** The sample items as they read, by code. */
  private static Map<String, JsonNode> sample(ItemType<?> type) {
    return SAMPLES.computeIfAbsent(type, CollectionsIT::put);
  }

  private static Map<String, JsonNode> put(ItemType<?> type) {
    SampleItems.referredTo();
    SampleItems items = new SampleItems(type);
    Map<String, JsonNode> sample = new TreeMap<>();
    List<String> codes = items.codes(ITEMS);
    for (int i = 0; i < ITEMS; i++) {
      String at = path(type) + "/" + codes.get(i);
      JsonNode body = items.body(i);
      Rest.put(at, null, body.toString()).then().statusCode(201).header("ETag", startsWith("\"0-"));
      sample.put(codes.get(i), Rest.json(Rest.get(at)));
    }
    return sample;
  }

  @ParameterizedTest
  @MethodSource("collections")
  void anItemReadsAsItWasPut(ItemType<?> type) {
    Map<String, JsonNode> sample = sample(type);
    SampleItems items = new SampleItems(type);
    List<String> codes = items.codes(ITEMS);
    for (int i = 0; i < ITEMS; i++) {
      JsonNode put = items.body(i);
      JsonNode read = java.util.Objects.requireNonNull(sample.get(codes.get(i)));
      assertThat(names(read))
          .containsExactlyElementsOf(type.shown().stream().map(Property::name).toList());
      for (Property property : type.shown()) {
        JsonNode value = read.get(property.name());
        if (property == type.code()) {
          assertThat(value.textValue()).isEqualTo(codes.get(i));
        } else if (property.kind() == PropertyKind.REFERENCE && put.has(property.name())) {
          assertThat(value.get("code")).isEqualTo(put.get(property.name()).get("code"));
          assertThat(value.get("name").textValue()).isNotBlank();
        } else if (property.kind() == PropertyKind.OWNERS && put.has(property.name())) {
          assertThat(value.at("/0/share").decimalValue()).isEqualTo("0.25");
          assertThat(value.at("/0/organization/name").textValue()).isNotBlank();
        } else {
          assertThat(value.isNull() ? null : value).isEqualTo(put.get(property.name()));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("collections")
  void aListAndItsItemsAreTheSame(ItemType<?> type) {
    Map<String, JsonNode> sample = sample(type);
    assertThat(Rest.walk(path(type), 1000, "code", String.join(",", sample.keySet())))
        .containsExactlyElementsOf(sample.values());
  }

  @ParameterizedTest
  @MethodSource("collections")
  void eachPropertySortsBothWaysPageByPage(ItemType<?> type) {
    Map<String, JsonNode> sample = sample(type);
    String codes = String.join(",", sample.keySet());
    for (Property property : type.shown()) {
      if (property.kind() == PropertyKind.OWNERS || property.kind() == PropertyKind.IDENTIFIERS) {
        Rest.get(path(type), "sort", property.name())
            .then()
            .statusCode(400)
            .body("errors.parameter", hasItem("sort"));
        continue;
      }
      for (boolean descending : new boolean[] {false, true}) {
        String sort = (descending ? "-" : "") + property.name();
        List<JsonNode> expected = new ArrayList<>(sample.values());
        expected.sort(SampleItems.order(property, descending).thenComparing(CollectionsIT::code));
        for (int limit = 1; limit <= 3; limit++) {
          assertThat(Rest.codes(Rest.walk(path(type), limit, "code", codes, "sort", sort)))
              .as("%s by %s, %d at a time", type, sort, limit)
              .isEqualTo(Rest.codes(expected));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("collections")
  void severalSortKeysGoInTurn(ItemType<?> type) {
    Map<String, JsonNode> sample = sample(type);
    List<Property> sortable =
        type.shown().stream()
            .filter(property -> property != type.code())
            .filter(property -> property.kind() != PropertyKind.OWNERS)
            .filter(property -> property.kind() != PropertyKind.IDENTIFIERS)
            .toList();
    Property last = sortable.get(sortable.size() - 1);
    List<JsonNode> expected = new ArrayList<>(sample.values());
    expected.sort(
        SampleItems.order(last, true)
            .thenComparing(SampleItems.order(type.name(), false))
            .thenComparing(CollectionsIT::code));
    assertThat(
            Rest.codes(
                Rest.walk(
                    path(type),
                    2,
                    "code",
                    String.join(",", sample.keySet()),
                    "sort",
                    "-" + last.name() + ",name")))
        .isEqualTo(Rest.codes(expected));
  }

  @ParameterizedTest
  @MethodSource("collections")
  void eachPropertyIsAFilter(ItemType<?> type) {
    Map<String, JsonNode> sample = sample(type);
    String codes = String.join(",", sample.keySet());
    for (Property property : type.shown()) {
      if (property == type.code()) {
        continue;
      }
      Map<String, Set<String>> having = new TreeMap<>();
      for (JsonNode item : sample.values()) {
        String value = SampleItems.filterable(property, item.get(property.name()));
        if (value != null) {
          having.computeIfAbsent(value, any -> new TreeSet<>()).add(code(item));
        }
      }
      assertThat(having).as("%s.%s", type, property.name()).isNotEmpty();
      for (Map.Entry<String, Set<String>> value : having.entrySet()) {
        assertThat(
                Rest.codes(
                    Rest.walk(path(type), 1000, "code", codes, property.name(), value.getKey())))
            .as("%s with %s %s", type, property.name(), value.getKey())
            .containsExactlyElementsOf(value.getValue());
      }
      Set<String> all = new TreeSet<>();
      having.values().forEach(all::addAll);
      assertThat(
              Rest.codes(
                  Rest.walk(
                      path(type),
                      1000,
                      "code",
                      codes,
                      property.name(),
                      String.join(",", having.keySet()))))
          .containsExactlyElementsOf(all);
    }
  }

  @ParameterizedTest
  @MethodSource("collections")
  void anItemIsCreatedChangedAndDeleted(ItemType<?> type) {
    sample(type);
    String at = path(type) + "/LIFE_CYCLE";
    JsonNode body = new SampleItems(type).body(1);
    Rest.get(at).then().statusCode(404).contentType("application/problem+json");
    Rest.delete(at, "*").then().statusCode(404);
    Rest.patch(at, "*", "{}").then().statusCode(404);
    Rest.put(at, "\"0-abc\"", body.toString()).then().statusCode(412);
    String first = Rest.tag(Rest.put(at, null, body.toString()));
    assertThat(first).matches("\"0-[0-9a-f]+\"");
    assertThat(Rest.tag(Rest.get(at))).isEqualTo(first);
    Rest.request().header("If-None-Match", first).get("/api/v1/" + at).then().statusCode(304);

    Rest.put(at, null, body.toString()).then().statusCode(428);
    Rest.request()
        .header("If-None-Match", "*")
        .contentType("application/json")
        .body(body.toString())
        .put("/api/v1/" + at)
        .then()
        .statusCode(412);
    Rest.put(at, first, body.toString()).then().statusCode(200).header("ETag", equalTo(first));
    Rest.patch(at, null, "{\"name\": \"Patched\"}").then().statusCode(428);
    String second =
        Rest.tag(
            Rest.patch(at, first, "{\"name\": \"Patched\"}")
                .then()
                .statusCode(200)
                .body("name", equalTo("Patched"))
                .extract()
                .response());
    assertThat(second).startsWith("\"1-");
    ObjectNode renamed = body.deepCopy();
    renamed.put("name", "Patched");
    Rest.put(at, second, renamed.toString()).then().statusCode(200).header("ETag", equalTo(second));
    Rest.patch(at, second, "{}").then().statusCode(200).header("ETag", equalTo(second));
    Rest.patch(at, second, "{\"nmae\": null}")
        .then()
        .statusCode(400)
        .body("errors[0].pointer", equalTo("/nmae"));
    Rest.patch(at, first, "{\"name\": \"Late\"}").then().statusCode(412);
    Rest.put(at, first, body.toString()).then().statusCode(412);
    Rest.delete(at, null).then().statusCode(428);
    Rest.delete(at, first).then().statusCode(412);
    Rest.delete(at, "\"1-whatever\"").then().statusCode(204);
    Rest.get(at).then().statusCode(404);
  }

  @ParameterizedTest
  @MethodSource("collections")
  void nullRemovesWhatAnItemCanLack(ItemType<?> type) {
    sample(type);
    String at = path(type) + "/ALL_REMOVED";
    Rest.delete(at, "*");
    Rest.put(at, null, new SampleItems(type).body(1).toString()).then().statusCode(201);
    ObjectNode nothing = Rest.JSON.createObjectNode();
    ObjectNode less = Rest.JSON.createObjectNode();
    List<String> required = new ArrayList<>();
    for (Property property : type.shown()) {
      if (property != type.code()) {
        nothing.putNull(property.name());
        if (property.required()) {
          required.add("/" + property.name());
        } else {
          less.putNull(property.name());
        }
      }
    }
    assertThat(
            Rest.patch(at, "*", nothing.toString())
                .then()
                .statusCode(400)
                .extract()
                .<List<String>>path("errors.pointer"))
        .containsExactlyInAnyOrderElementsOf(required);
    JsonNode left = Rest.json(Rest.patch(at, "*", less.toString()));
    less.fieldNames().forEachRemaining(name -> assertThat(left.get(name).isNull()).isTrue());
    assertThat(Rest.json(Rest.get(at))).isEqualTo(left);
    Rest.delete(at, "*").then().statusCode(204);
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String code(JsonNode item) {
    return item.get("code").textValue();
  }
}
