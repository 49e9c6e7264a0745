package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.perf.gate.Gate;
import io.refdata.perf.gate.Measurement;
import io.refdata.perf.gate.Scale;
import java.io.BufferedWriter;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Measures the heap that loads of items and streamed lists use, in a server with 512 MiB. Ten times
 * as many organizations must be loaded and read in the same heap.
 */
@SuppressWarnings("NullAway.Init")
class ItemHeapIT {
  private static final int ITEMS = Math.max(100_000, Scale.observations() / 10);
  private static final int MIB = 1 << 20;

  private static Platform platform;
  private static PlatformClient client;
  private static LiveHeap heap;

  @BeforeAll
  static void start() throws Exception {
    platform = Platform.start("512m");
    client = platform.client();
    heap = new LiveHeap(platform.server().pid());
    client.create(
        "layouts/organizations",
        """
        {"into": "organizations", "properties": {"code": {"column": "code"}, "name": {"column": "name"},
         "region": {"column": "region"}, "parent": {"column": "parent"}}}
        """);
    client.create(
        "layouts/facilities",
        """
        {"into": "facilities", "properties": {"code": {"column": "code"}, "name": {"column": "name"},
         "kind": {"constant": "POWER_PLANT"}, "region": {"column": "region"},
         "organization": {"column": "organization"}}}
        """);
    client.create(
        "layouts/facilities-by-name",
        """
        {"into": "facilities", "properties": {"code": {"column": "code"}, "name": {"column": "name"},
         "kind": {"constant": "POWER_PLANT"}, "region": {"column": "region"},
         "organization": {"column": "organization_name", "match": "name"}}}
        """);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  @Test
  void filesAndStreamedListsOfAnyLengthTakeTheSameHeap() throws Exception {
    run(1_000);
    long[] few = run(ITEMS / 10);
    long[] many = run(ITEMS);
    String[] ids = {"load-heap", "csv-heap", "ndjson-heap"};
    for (int i = 0; i < ids.length; i++) {
      Gate.measured(Measurement.of(ids[i], DoubleStream.of((double) (many[i] - few[i]) / ITEMS)));
    }
  }

  /** The bytes of heap that a load, a CSV and an NDJSON of so many organizations use. */
  private static long[] run(int items) throws Exception {
    Path file = organizations("RUN" + items, items);
    long idle = heap.now();
    double created = load("organizations", file, items);
    double unchanged = load("organizations", file, items);
    long[] bytes = new long[3];
    bytes[0] = watch("loading", idle, items, () -> load("organizations", file, items));
    System.out.printf(
        Locale.ROOT,
        "%,d organizations: %,.0f rows/s new, %,.0f rows/s unchanged%n",
        items,
        items / created,
        items / unchanged);
    int next = 1;
    for (String type : new String[] {"text/csv", "application/x-ndjson"}) {
      System.out.printf(Locale.ROOT, "  as %s: %,.0f rows/s%n", type, read(type, items));
      bytes[next++] = watch("streaming " + type, idle, items, () -> read(type, items));
    }
    return bytes;
  }

  /** Codes are looked up in memory: measures the heap for each code, without and with its name. */
  @Test
  void referencedCodesAreHeldInMemoryDuringALoad() throws Exception {
    load("organizations", organizations("OWNER", ITEMS), ITEMS);
    Path file = facilities(ITEMS / 2);
    long idle = heap.now();
    for (String layout : new String[] {"facilities", "facilities-by-name"}) {
      double seconds = load(layout, file, ITEMS / 2);
      System.out.printf(
          Locale.ROOT,
          "%,d %s, referring to %,d organizations: %,.0f rows/s%n",
          ITEMS / 2,
          layout,
          ITEMS,
          ITEMS / 2 / seconds);
      long bytes = watch("loading " + layout, idle, ITEMS, () -> load(layout, file, ITEMS / 2));
      Gate.measured(
          Measurement.of("codes-heap-" + layout, DoubleStream.of((double) bytes / ITEMS)));
    }
  }

  private static long watch(String action, long idle, int items, Callable<Double> work)
      throws Exception {
    heap.watch(work);
    System.out.printf(
        Locale.ROOT,
        "  %s %,d: %.1f MiB in use before, at most %.1f (%d samples), %.1f after%n",
        action,
        items,
        idle / (double) MIB,
        heap.max() / (double) MIB,
        heap.samples(),
        heap.now() / (double) MIB);
    return heap.max() - idle;
  }

  /** Organizations in descending order of their codes, so that children come before parents. */
  private static Path organizations(String prefix, int items) throws Exception {
    Path file = platform.directory().resolve(prefix + ".csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("code,name,region,parent\n");
      for (int i = items - 1; i >= 0; i--) {
        out.write(
            "%s_%07d,%s of the number %d,%s,%s\n"
                .formatted(
                    prefix,
                    i,
                    prefix,
                    i,
                    i % 2 == 0 ? "FRA" : "DEU",
                    i == 0 ? "" : "%s_%07d".formatted(prefix, i / 50)));
      }
    }
    return file;
  }

  private static Path facilities(int items) throws Exception {
    Path file = platform.directory().resolve("facilities.csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("code,name,region,organization,organization_name\n");
      for (int i = 0; i < items; i++) {
        int organization = (int) (i * 7919L % ITEMS);
        out.write(
            "PLANT_%d,Plant,FRA,OWNER_%07d,OWNER of the number %d\n"
                .formatted(i, organization, organization));
      }
    }
    return file;
  }

  /** Seconds of a load from the first byte of the body to the end of the merge. */
  private static double load(String layout, Path file, int items) throws Exception {
    long start = System.nanoTime();
    JsonNode load = client.load("layout=" + layout, BodyPublishers.ofFile(file));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    assertThat(load.at("/rows/read").asInt()).isEqualTo(items);
    assertThat(load.at("/rows/rejected").asInt()).isZero();
    return (System.nanoTime() - start) / 1e9;
  }

  /** Items per second when the whole list is read; it has at least so many items. */
  private static double read(String type, int items) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(platform.url() + "/api/v1/organizations"))
            .header("Accept", type)
            .build();
    long start = System.nanoTime();
    long lines = 0;
    try (InputStream in =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body()) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    assertThat(lines).isGreaterThanOrEqualTo(items);
    return lines / ((System.nanoTime() - start) / 1e9);
  }
}
