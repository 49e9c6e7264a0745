package io.refdata.persistence.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.layout.FileForm;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.LayoutDefinition.Values;
import io.refdata.domain.layout.Source;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.json.Members;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A layout's definition as JSON. */
public final class LayoutJson {
  private static final String QUOTE = "quote";

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
    FileForm form = form(members);
    SourceJson sources = new SourceJson(!form.header());
    LayoutDefinition definition =
        new LayoutDefinition(
            members.filledText("into").orElse(""),
            form,
            members.texts("missing").orElse(null),
            members.oneOf("decimal", List.of(".", ",")).orElse(null),
            members.someText("thousands").orElse(null),
            members.object("ignore").map(LayoutJson::textsByName).orElse(null),
            members
                .oneOf("unknown", List.of("REJECT", "IGNORE"))
                .filter("IGNORE"::equals)
                .isPresent(),
            members.texts("fill").orElse(null),
            members.object("time").map(sources::read).orElse(null),
            members.object("dimensions").map(named -> sources(named, sources)).orElse(null),
            members.object("value").map(sources::read).orElse(null),
            members.object("status").map(sources::read).orElse(null),
            members.object("values").map(LayoutJson::values).orElse(null),
            members.object("properties").map(named -> sources(named, sources)).orElse(null),
            members.object("scope").map(Members::textByName).orElse(null));
    members.end();
    return definition;
  }

  private static FileForm form(Members members) {
    return new FileForm(
        members.oneOf("format", List.of("csv", "ndjson")).orElse(null),
        members.text("encoding").orElse(null),
        members.text("delimiter").orElse(null),
        members.isNull(QUOTE) ? "" : members.filledText(QUOTE).orElse(null),
        members.filledText("escape").orElse(null),
        members.wholeNumber("skip", 0, FileForm.MOST_SKIPPED).orElse(0),
        members.flag("header").orElse(true),
        members.filledText("comment").orElse(null),
        members.filledText("stopAt").orElse(null),
        members.flag("shortLines").orElse(false),
        members.flag("trim").orElse(true));
  }

  private static Map<String, List<String>> textsByName(Members members) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (String name : members.names()) {
      members.texts(name).ifPresent(read -> texts.put(name, read));
    }
    return texts;
  }

  private static Map<String, Source> sources(Members members, SourceJson json) {
    Map<String, Source> sources = new LinkedHashMap<>();
    for (String name : members.names()) {
      members.object(name).map(json::read).ifPresent(read -> sources.put(name, read));
    }
    return sources;
  }

  private static Values values(Members members) {
    Values values =
        new Values(members.texts("include").orElse(null), members.texts("exclude").orElse(null));
    members.end();
    return values;
  }

  /**
   * A definition in the stored form: without members that are null, at any depth, and without white
   * space. Only for {@code quote} null is not the same as nothing.
   */
  static String write(JsonNode object) {
    ObjectNode stored = object.deepCopy();
    boolean withoutQuotes = stored.has(QUOTE) && stored.get(QUOTE).isNull();
    removeNulls(stored);
    if (withoutQuotes) {
      stored.putNull(QUOTE);
    }
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
