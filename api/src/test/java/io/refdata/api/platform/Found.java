package io.refdata.api.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The writes that are there of all that writers wrote, once they have ended.
 *
 * @param items how many items
 * @param pushes how many pushes
 * @param loads how many loads whose values are there
 * @param wrong what was acknowledged and is missing, and what is there in part or was never written
 */
record Found(int items, int pushes, int loads, List<String> wrong) {
  private static final int PAGE = 1_000;

  /** Waits for the end of the loads, and looks for everything. */
  static Found of(Writers writers, PlatformClient client) throws IOException, InterruptedException {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<Integer, Long> load : writers.loads().entrySet()) {
      JsonNode ended = client.ended(load.getValue());
      if (!ended.get("state").asText().equals("COMPLETED")) {
        wrong.add("load " + ended);
      }
    }
    WrittenValues pushed = values(client, writers.pushed());
    WrittenValues loaded = values(client, writers.loaded());
    pushed.wrong().forEach(each -> wrong.add("of pushes: " + each));
    loaded.wrong().forEach(each -> wrong.add("of loads: " + each));
    Set<String> items = items(writers, client);
    writers.items().stream()
        .filter(number -> !items.contains(writers.item(number)))
        .forEach(number -> wrong.add("item " + number));
    missing(writers.pushes(), pushed).forEach(number -> wrong.add("push " + number));
    missing(writers.loads().keySet(), loaded)
        .forEach(number -> wrong.add("values of load " + number));
    return new Found(items.size(), pushed.numbers().size(), loaded.numbers().size(), wrong);
  }

  /** The counts of what was acknowledged and of what was found. */
  String besides(Writers writers) {
    return "acknowledged and found: items %d and %d, pushes %d and %d, loads %d and %d"
        .formatted(
            writers.items().size(),
            items,
            writers.pushes().size(),
            pushes,
            writers.loads().size(),
            loads);
  }

  /** The values of a dataset. */
  static WrittenValues values(PlatformClient client, String dataset)
      throws IOException, InterruptedException {
    return WrittenValues.of(client.text("datasets/" + dataset + "/observations", "text/csv"));
  }

  private static List<Integer> missing(Set<Integer> acknowledged, WrittenValues there) {
    return acknowledged.stream().filter(number -> !there.numbers().contains(number)).toList();
  }

  private static Set<String> items(Writers writers, PlatformClient client)
      throws IOException, InterruptedException {
    Set<String> items = new HashSet<>();
    String address = "indicators?q=" + writers.name() + "&limit=" + PAGE;
    JsonNode page = client.get(address);
    while (true) {
      for (JsonNode item : page.get("items")) {
        if (item.get("name").asText().equals(writers.name())) {
          items.add(item.get("code").asText());
        }
      }
      JsonNode next = page.get("next");
      if (next == null || next.isNull()) {
        return items;
      }
      page = client.get(address + "&after=" + next.asText());
    }
  }
}
