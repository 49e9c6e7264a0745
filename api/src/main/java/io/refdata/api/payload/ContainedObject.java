package io.refdata.api.payload;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.request.Parameters;
import io.refdata.persistence.json.MalformedJson;
import io.refdata.persistence.json.StrictJson;
import io.refdata.settings.Setting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON object that rows of pushes are to contain, from the parameter {@code contains}. */
final class ContainedObject {
  static final String NAME = "contains";

  private static final long MAX_CHARACTERS = Setting.PAYLOADS_CONTAINED_CHARACTERS.number();
  private static final long MAX_DEPTH = Setting.PAYLOADS_CONTAINED_DEPTH.number();

  private ContainedObject() {}

  /** The text of the object; empty if none is given. What is wrong with it is a fault. */
  static Optional<String> of(Parameters parameters) {
    Optional<String> text = parameters.one(NAME);
    text.map(ContainedObject::fault)
        .filter(fault -> !fault.isEmpty())
        .ifPresent(fault -> parameters.fault(NAME, fault));
    return text;
  }

  /** The fault of a text; empty if it has none. */
  private static String fault(String text) {
    if (text.length() > MAX_CHARACTERS) {
      return "has more than %,d characters".formatted(MAX_CHARACTERS);
    }
    JsonNode value;
    try {
      value = StrictJson.only(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    } catch (MalformedJson e) {
      return "is not JSON as this API requires it: " + e.getMessage();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fault(value);
  }

  private static String fault(@Nullable JsonNode value) {
    if (value == null || !value.isObject()) {
      return "must be a JSON object like {\"station\": 7}";
    } else if (isDeeper(value, MAX_DEPTH)) {
      return "nests deeper than %,d levels".formatted(MAX_DEPTH);
    }
    return "";
  }

  private static boolean isDeeper(JsonNode value, long levels) {
    if (!value.isContainerNode()) {
      return false;
    } else if (levels == 0) {
      return true;
    }
    for (JsonNode child : value) {
      if (isDeeper(child, levels - 1)) {
        return true;
      }
    }
    return false;
  }
}
