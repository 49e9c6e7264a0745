package io.refdata.persistence.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.LayoutDefinition.Values;
import io.refdata.domain.layout.Source;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.json.Members;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A layout's definition as JSON. */
public final class LayoutJson {

  private LayoutJson() {}

  /**
   * Reads a definition.
   *
   * @throws InvalidItem with a fault for each member that a layout does not have, or that is not of
   *     its kind
   */
  public static LayoutDefinition parse(String json) {
    List<Fault> faults = new ArrayList<>();
    LayoutDefinition definition = read(tree(json), faults);
    if (!faults.isEmpty()) {
      throw new InvalidItem(faults);
    }
    return definition;
  }

  /** The members of a definition that is known to be valid. */
  public static ObjectNode members(String json) {
    return tree(json).deepCopy();
  }

  private static JsonNode tree(String json) {
    try {
      JsonNode tree = Json.MAPPER.readTree(json);
      if (tree.isObject()) {
        return tree;
      }
    } catch (JsonProcessingException e) {
      throw new InvalidItem(List.of(new Fault("", "is not JSON: " + e.getOriginalMessage())));
    }
    throw new InvalidItem(List.of(new Fault("", "must be a JSON object")));
  }

  /** Reads a definition; an invalid member adds a fault and counts as absent. */
  static LayoutDefinition read(JsonNode object, List<Fault> faults) {
    Members members = Members.of(object, faults);
    members.require("into");
    LayoutDefinition definition =
        new LayoutDefinition(
            members.filledText("into").orElse(""),
            members.oneOf("format", List.of("csv", "ndjson")).orElse(null),
            members.text("delimiter").orElse(null),
            members.text("encoding").orElse(null),
            members.oneOf("decimal", List.of(".", ",")).orElse(null),
            members.texts("missing").orElse(null),
            members.object("time").map(LayoutJson::source).orElse(null),
            members.object("dimensions").map(LayoutJson::sources).orElse(null),
            members.object("value").map(LayoutJson::source).orElse(null),
            members.object("status").map(LayoutJson::source).orElse(null),
            members.object("values").map(LayoutJson::values).orElse(null),
            members.object("properties").map(LayoutJson::sources).orElse(null),
            members.object("scope").map(Members::textByName).orElse(null));
    members.end();
    return definition;
  }

  private static Map<String, Source> sources(Members members) {
    Map<String, Source> sources = new LinkedHashMap<>();
    for (String name : members.names()) {
      members.object(name).map(LayoutJson::source).ifPresent(read -> sources.put(name, read));
    }
    return sources;
  }

  private static Source source(Members members) {
    Source source =
        new Source(
            members.filledText("column").orElse(null),
            members.text("constant").orElse(null),
            header(members),
            members.oneOf("as", List.of("CODE")).orElse(null),
            members.object("map").map(Members::textByName).orElse(null),
            members.oneOf("match", List.of("name")).orElse(null),
            members.flag("create").orElse(false),
            members.filledText("pattern").orElse(null),
            members.filledText("locale").orElse(null),
            members.flag("within").orElse(false));
    members.end();
    return source;
  }

  private static @Nullable Object header(Members members) {
    JsonNode header = members.any("header").orElse(null);
    if (header == null) {
      return null;
    } else if (header.isTextual()) {
      return header.asText();
    } else if (header.isBoolean() && header.asBoolean()) {
      return true;
    }
    members.fault("header", "must be true, or a regular expression with one group");
    return null;
  }

  private static Values values(Members members) {
    Values values =
        new Values(members.texts("include").orElse(null), members.texts("exclude").orElse(null));
    members.end();
    return values;
  }

  /**
   * A definition in the stored form: without members that are null, at any depth, and without white
   * space.
   */
  static String write(JsonNode object) {
    ObjectNode stored = object.deepCopy();
    removeNulls(stored);
    try {
      return Json.MAPPER.writeValueAsString(stored);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void removeNulls(ObjectNode object) {
    object.properties().removeIf(member -> member.getValue().isNull());
    for (JsonNode member : object) {
      if (member instanceof ObjectNode inner) {
        removeNulls(inner);
      }
    }
  }
}
