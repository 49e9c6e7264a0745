package io.refdata.api.item;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Applies a JSON merge patch (RFC 7396): a member replaces a value, null removes it, and objects
 * are merged recursively.
 */
final class MergePatch {
  private MergePatch() {}

  /** Returns the patched value. It may change the given value. */
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
