package io.refdata.persistence.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.refdata.persistence.json.Json;
import java.util.Map;
import java.util.TreeMap;

/** Labels as the database stores them. */
final class LabelsJson {
  private static final TypeReference<TreeMap<String, String>> TYPE = new TypeReference<>() {};

  private LabelsJson() {}

  static String write(Map<String, String> labels) {
    try {
      return Json.MAPPER.writeValueAsString(new TreeMap<>(labels));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, String> read(String json) {
    try {
      return Json.MAPPER.readValue(json, TYPE);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
