package io.refdata.api.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A copy of some collections, made from nothing but the change feed. */
final class Mirror {
  private final String collections;
  private final int limit;
  private final Map<String, Map<String, JsonNode>> items = new TreeMap<>();
  private final List<JsonNode> entries = new ArrayList<>();
  private int since;

  Mirror(String collections, int limit) {
    this.collections = collections;
    this.limit = limit;
  }

  /** Takes in all that is known by now. */
  void poll() {
    String first = "changes?since=%d&collection=%s&limit=%d".formatted(since, collections, limit);
    String path = first;
    while (true) {
      Http.Answer answer = Http.get(path);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      JsonNode page = answer.json();
      page.get("items").forEach(this::apply);
      if (page.get("next").isNull()) {
        since = page.get("latest").asInt();
        return;
      }
      path = first + "&after=" + page.get("next").asText();
    }
  }

  private void apply(JsonNode entry) {
    if (!entries.isEmpty()) {
      assertThat(entry.get("revision").asInt())
          .isGreaterThanOrEqualTo(entries.get(entries.size() - 1).get("revision").asInt());
    }
    entries.add(entry);
    String key = entry.get("collection").asText() + "/" + entry.get("code").asText();
    switch (entry.get("operation").asText()) {
      case "CREATED" -> {
        assertThat(items).doesNotContainKey(key);
        items.put(key, new TreeMap<>());
      }
      case "UPDATED" -> assertThat(items).containsKey(key);
      default -> {
        assertThat(items.remove(key)).isNotNull();
        return;
      }
    }
    Map<String, JsonNode> item = items.getOrDefault(key, new TreeMap<>());
    for (JsonNode change : entry.get("changes")) {
      String property = change.get("property").asText();
      JsonNode before = item.get(property);
      assertThat(change.get("from")).isEqualTo(before == null ? change.get("from") : before);
      if (change.get("to").isNull()) {
        item.remove(property);
      } else {
        item.put(property, change.get("to"));
      }
    }
  }

  /** The items that it holds of a collection: by code the properties that are not null. */
  Map<String, Map<String, JsonNode>> of(String collection) {
    Map<String, Map<String, JsonNode>> found = new TreeMap<>();
    items.forEach(
        (key, item) -> {
          if (key.lastIndexOf('/') == collection.length() && key.startsWith(collection)) {
            found.put(key.substring(collection.length() + 1), item);
          }
        });
    return found;
  }

  List<JsonNode> entries() {
    return entries;
  }

  /** The same of the collection itself, page by page; references are codes there too. */
  static Map<String, Map<String, JsonNode>> original(String collection, String parameters) {
    Map<String, Map<String, JsonNode>> found = new TreeMap<>();
    String first = collection + "?limit=1000" + parameters;
    String path = first;
    while (true) {
      JsonNode page = Http.get(path).json();
      for (JsonNode item : page.get("items")) {
        Map<String, JsonNode> properties = new TreeMap<>();
        item.properties()
            .forEach(
                member -> {
                  JsonNode value = member.getValue();
                  if (!value.isNull() && !member.getKey().equals("code")) {
                    properties.put(member.getKey(), value.has("code") ? value.get("code") : value);
                  }
                });
        found.put(item.get("code").asText(), properties);
      }
      if (page.get("next").isNull()) {
        return found;
      }
      path = first + "&after=" + page.get("next").asText();
    }
  }
}
