package io.refdata.api.item;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;

/** Writes items in NDJSON: one JSON object for each line. */
final class ItemNdjson {
  private ItemNdjson() {}

  static void write(ItemFields fields, Iterator<ItemView> items, OutputStream out)
      throws IOException {
    JsonGenerator json = Json.FACTORY.createGenerator(out);
    json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    ItemJson writer = new ItemJson(json);
    boolean any = items.hasNext();
    while (items.hasNext()) {
      writer.write(items.next(), fields.members());
    }
    if (any) {
      json.writeRaw('\n');
    }
    json.close();
  }
}
