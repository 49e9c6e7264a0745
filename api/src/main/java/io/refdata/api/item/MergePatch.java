package io.refdata.api.item;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A JSON merge patch, RFC 7396: members replace, null removes, objects are merged in turn. */
final class MergePatch {
  private MergePatch() {}

  /** What a value becomes; the value itself may be changed on the way. */
  static JsonNode apply(JsonNode value, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode merged = value.isObject() ? (ObjectNode) value : ((ObjectNode) patch).objectNode();
    for (Map.Entry<String, JsonNode> member : patch.properties()) {
      if (member.getValue().isNull()) {
        merged.remove(member.getKey());
      } else {
        merged.set(member.getKey(), apply(merged.path(member.getKey()), member.getValue()));
      }
    }
    return merged;
  }
}
