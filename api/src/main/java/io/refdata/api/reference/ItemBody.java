package io.refdata.api.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.problem.Problem;
import io.refdata.api.request.Body;
import io.refdata.reference.Code;
import io.refdata.reference.ItemType;
import io.refdata.reference.Property;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An item as a client sends it, checked member by member; all faults at once. */
final class ItemBody {
  private final ItemType<?> type;
  private final Map<Property, Object> values = new HashMap<>();
  private final List<Problem.Error> errors = new ArrayList<>();

  private ItemBody(ItemType<?> type) {
    this.type = type;
  }

  /**
   * The properties that a body gives. Members that are null are as if absent; of a reference, only
   * its code is read.
   *
   * @throws Problem that names every member which is none of a property, or not of its kind
   */
  static Map<Property, Object> parse(ItemType<?> type, Code code, InputStream body)
      throws IOException {
    JsonNode object = Body.object(body);
    ItemBody item = new ItemBody(type);
    object.properties().forEach(member -> item.read(member.getKey(), member.getValue(), code));
    if (!item.errors.isEmpty()) {
      throw Problem.invalid(item.errors);
    }
    return item.values;
  }

  private void read(String name, JsonNode value, Code code) {
    Optional<Property> named = type.property(name).filter(property -> !ItemJson.hidden(property));
    if (named.isEmpty()) {
      fault(name, "is no property of " + type + "; they are " + names());
    } else if (name.equals("code")) {
      if (!value.isNull() && !value.asText().equals(code.value())) {
        fault(name, "differs from the code in the URL, and a code never changes");
      }
    } else if (!value.isNull()) {
      Property property = named.get();
      Optional<String> text = text(property, value);
      Optional<Object> parsed = text.flatMap(property::parse);
      parsed.ifPresentOrElse(
          meant -> values.put(property, meant), () -> fault(name, expectation(property)));
    }
  }

  /** The text of a value of the right JSON kind. */
  private static Optional<String> text(Property property, JsonNode value) {
    return switch (property.kind()) {
      case TEXT, CODE, DAY -> Optional.of(value).filter(JsonNode::isTextual).map(JsonNode::asText);
      case YEAR_OR_DAY ->
          Optional.of(value)
              .filter(node -> node.isTextual() || node.isIntegralNumber())
              .map(JsonNode::asText);
      case NUMBER, INTEGER -> Optional.of(value).filter(JsonNode::isNumber).map(JsonNode::asText);
      case REFERENCE ->
          Optional.ofNullable(value.get("code")).filter(JsonNode::isTextual).map(JsonNode::asText);
    };
  }

  private static String expectation(Property property) {
    return property.kind() == Property.Kind.REFERENCE
        ? "must be {\"code\": …} with " + property.expectation()
        : "must be " + property.expectation();
  }

  private String names() {
    return String.join(
        ", ",
        type.properties().stream()
            .filter(property -> !ItemJson.hidden(property))
            .map(Property::name)
            .toList());
  }

  private void fault(String name, String detail) {
    errors.add(Problem.Error.pointer("/" + name.replace("~", "~0").replace("/", "~1"), detail));
  }
}
