package io.refdata.batch.load.cell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.refdata.domain.item.Property;
import io.refdata.persistence.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Converts members of JSON lines that are objects or arrays, in the form in which the platform
 * writes them: {@code {"code": "FRA"}} for a reference, {@code {"MIC": "XPAR"}} for identifiers,
 * {@code [{"organization": {"code": "EDF"}, "share": 0.6}]} for owners.
 */
public final class JsonCell {

  private JsonCell() {}

  /**
   * The text for a cell of CSV. A text that is not an object or array of this form stays as it is.
   */
  public static String toCsv(Property property, String text) {
    if (text.isEmpty() || (text.charAt(0) != '{' && text.charAt(0) != '[')) {
      return text;
    }
    return switch (property.kind()) {
      case REFERENCE -> parse(text).path("code").asText(text);
      case IDENTIFIERS ->
          Optional.of(parse(text))
              .filter(JsonNode::isObject)
              .map(JsonCell::identifiers)
              .orElse(text);
      case OWNERS ->
          Optional.of(parse(text)).filter(JsonNode::isArray).map(JsonCell::owners).orElse(text);
      default -> text;
    };
  }

  /** A text may begin like an object and not be JSON; then the result is a missing node. */
  private static JsonNode parse(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** A member that is null counts as absent, and what else is no text or number as faulty. */
  private static String identifiers(JsonNode object) {
    List<String> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      JsonNode value = member.getValue();
      if (value.isTextual() || value.isNumber()) {
        entries.add(member.getKey() + ":" + value.asText());
      } else if (!value.isNull()) {
        entries.add(member.getKey() + ":");
      }
    }
    return String.join(";", entries);
  }

  private static String owners(JsonNode array) {
    List<String> entries = new ArrayList<>();
    array.forEach(
        owner ->
            entries.add(
                owner.path("organization").path("code").asText("")
                    + ":"
                    + owner.path("share").asText("")));
    return String.join(";", entries);
  }
}
