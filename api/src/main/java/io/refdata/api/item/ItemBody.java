package io.refdata.api.item;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.Identifiers;
import io.refdata.domain.item.value.Owners;
import io.refdata.persistence.item.ItemValues;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Parses the item in the body of a request. It checks each member and collects all faults. */
final class ItemBody {
  private final ItemType<?> type;
  private final Map<Property, Object> values = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();

  private ItemBody(ItemType<?> type) {
    this.type = type;
  }

  /**
   * Parses a body. A member that is null counts as absent. Only the code of a reference is read. A
   * member that is not a property, or has the wrong kind of value, is a fault.
   *
   * @param code the code that the item may name; null if the request has none that is valid
   */
  static ItemValues parse(ItemType<?> type, @Nullable Code code, JsonNode object) {
    ItemBody item = new ItemBody(type);
    object.properties().forEach(member -> item.read(member.getKey(), member.getValue(), code));
    return new ItemValues(item.values, item.faults);
  }

  /**
   * The values of an item after a merge patch.
   *
   * @param current the item as it is now
   */
  static ItemValues patched(ItemType<?> type, Code code, ItemView current, JsonNode patch) {
    try (TokenBuffer tokens = new TokenBuffer(Json.MAPPER, false)) {
      new ItemJson(tokens).write(current, ItemFields.all(type).members());
      JsonNode merged = MergePatch.apply(Json.MAPPER.readTree(tokens.asParser()), patch);
      ItemBody item = new ItemBody(type);
      // What the patch removes is not in the result, so its name is looked at before.
      patch.properties().stream()
          .filter(member -> member.getValue().isNull())
          .forEach(member -> item.read(member.getKey(), member.getValue(), code));
      merged.properties().forEach(member -> item.read(member.getKey(), member.getValue(), code));
      return new ItemValues(item.values, item.faults);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(String name, JsonNode value, @Nullable Code code) {
    Optional<Property> named = type.shown(name);
    if (named.isEmpty()) {
      fault(
          pointer(name),
          "is not a property of %s; its properties are %s"
              .formatted(
                  type, String.join(", ", type.shown().stream().map(Property::name).toList())));
    } else if (name.equals("code")) {
      if (code != null
          && !value.isNull()
          && !(value.isTextual() && value.asText().equals(code.value()))) {
        fault(pointer(name), "differs from the code in the URL, and a code never changes");
      }
    } else if (!value.isNull()) {
      read(named.get(), value);
    }
  }

  private void read(Property property, JsonNode value) {
    switch (property.kind()) {
      case IDENTIFIERS -> identifiers(property, value);
      case OWNERS -> owners(property, value);
      default ->
          text(property, value)
              .flatMap(property::parse)
              .ifPresentOrElse(
                  parsed -> values.put(property, parsed),
                  () -> fault(pointer(property.name()), expectation(property)));
    }
  }

  /** The text of a value of the right JSON kind. */
  private static Optional<String> text(Property property, JsonNode value) {
    return switch (property.kind()) {
      case YEAR_OR_DAY ->
          Optional.of(value)
              .filter(node -> node.isTextual() || node.isIntegralNumber())
              .map(JsonNode::asText);
      case NUMBER, INTEGER -> Optional.of(value).filter(JsonNode::isNumber).map(JsonNode::asText);
      case REFERENCE ->
          Optional.ofNullable(value.get("code")).filter(JsonNode::isTextual).map(JsonNode::asText);
      default -> Optional.of(value).filter(JsonNode::isTextual).map(JsonNode::asText);
    };
  }

  private static String expectation(Property property) {
    return property.kind() == PropertyKind.REFERENCE
        ? "must be {\"code\": …} with " + property.expectation()
        : "must be " + property.expectation();
  }

  /** Reads identifiers. An object without members means that the item has none. */
  private void identifiers(Property property, JsonNode value) {
    String at = pointer(property.name());
    if (!value.isObject()) {
      fault(at, "must be an object of identifiers by scheme, like {\"MIC\": \"XPAR\"}");
      return;
    }
    int before = faults.size();
    Map<String, String> identifiers = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String text = entry.getValue().isTextual() ? entry.getValue().asText() : "";
      Identifiers.fault(entry.getKey(), text)
          .ifPresent(fault -> fault(at + pointer(entry.getKey()), fault));
      identifiers.put(entry.getKey(), text);
    }
    if (faults.size() == before && !identifiers.isEmpty()) {
      values.put(property, Identifiers.of(identifiers));
    }
  }

  /** Reads owners. An array without elements means that the item has none. */
  private void owners(Property property, JsonNode value) {
    String at = pointer(property.name());
    if (!value.isArray()) {
      fault(at, "must be an array of {\"organization\": {\"code\": …}, \"share\": …}");
      return;
    }
    int before = faults.size();
    List<Owners.Owner> owners = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      owner(at + "/" + i, value.get(i)).ifPresent(owners::add);
    }
    if (faults.size() == before && !owners.isEmpty()) {
      try {
        values.put(property, new Owners(owners));
      } catch (IllegalArgumentException e) {
        fault(at, String.valueOf(e.getMessage()));
      }
    }
  }

  private Optional<Owners.Owner> owner(String at, JsonNode value) {
    Optional<Code> organization = Code.parse(value.at("/organization/code").asText());
    JsonNode share = value.path("share");
    if (organization.isEmpty()) {
      fault(at + "/organization", "must be {\"code\": …} with the code of an organization");
    }
    boolean shares =
        share.isNumber()
            && Double.isFinite(share.doubleValue())
            && Owners.Owner.isShare(share.decimalValue());
    if (!shares) {
      fault(at + "/share", "must be a number above 0 and at most 1");
    }
    return organization
        .filter(code -> shares)
        .map(code -> new Owners.Owner(code, share.decimalValue()));
  }

  /** A member of an object, as a JSON pointer. */
  static String pointer(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private void fault(String pointer, String detail) {
    faults.add(new Fault(pointer, detail));
  }
}
