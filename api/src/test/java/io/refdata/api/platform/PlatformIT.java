package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.db.EmbeddedDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The platform as processes, as an operator runs it: on an empty database, filled, restarted. */
@Tag("own-platform")
class PlatformIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Less than the file that is loaded into it. */
  private static final String SMALL_HEAP = "256m";

  private static final int LINES = 300_000;
  private static final int LINE_BYTES = 1_000;

  @Test
  void aFileLargerThanTheHeapLoadsAndARestartLosesNothing(@TempDir Path home) throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home.resolve("postgresql"))) {
      String before;
      try (WildFlyServer server = start(database, home)) {
        PlatformClient client = new PlatformClient(server.url());
        Sample.load(server.url());
        describe(client);
        JsonNode load = client.load("layout=padded", BodyPublishers.ofInputStream(PaddedFile::new));
        assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
        assertThat(load.at("/rows/inserted").asInt()).isEqualTo(LINES);
        assertThat(load.at("/file/bytes").asLong()).isGreaterThan(256L << 20);
        awaitTidy(client);
        before = state(client);
      }
      try (WildFlyServer server = start(database, home)) {
        PlatformClient client = new PlatformClient(server.url());
        assertThat(state(client)).isEqualTo(before);
        Sample.load(server.url());
        JsonNode again = client.get("loads?limit=1").at("/items/0/rows");
        assertThat(again.get("unchanged").asInt()).isEqualTo(again.get("read").asInt());
      }
    }
  }

  private static WildFlyServer start(EmbeddedDatabase database, Path home) {
    return WildFlyServer.start(WildFlyServer.Settings.ofBuild(home, database, SMALL_HEAP));
  }

  private static void describe(PlatformClient client) throws IOException, InterruptedException {
    client.create(
        "datasets/HOURLY",
        """
        {"name": "Hourly", "provider": "DEMO", "frequency": "H",
         "dimensions": [{"code": "facility", "values": "facilities"}],
         "partitioning": {"interval": "YEAR"}}
        """);
    client.create(
        "layouts/padded",
        """
        {"into": "datasets/HOURLY", "time": {"column": "time"}, "value": {"column": "value"},
         "dimensions": {"facility": {"column": "facility"}}}
        """);
  }

  /** A load is completed before its last step is written down. */
  private static void awaitTidy(PlatformClient client) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    for (JsonNode load : client.get("loads").get("items")) {
      String path = "loads/" + load.get("id").asLong();
      while (!client.get(path).get("steps").toString().contains("analyze")) {
        assertThat(Instant.now()).as(path + " is tidied up in time").isBefore(deadline);
      }
    }
  }

  /** The answers of the platform about all that was put into it. */
  private static String state(PlatformClient client) throws IOException, InterruptedException {
    return client.get("facilities?limit=1000").toString()
        + client.get("datasets/HOURLY/series")
        + client.text("datasets/HOURLY/observations?to=1980-02", "text/csv")
        + client.text("datasets/DEMO_GENERATION/observations?key=DEMO_0001.*", "text/csv")
        + client.get("loads").get("items");
  }

  /**
   * A CSV file that is made while it is read: one hour a line, padded with a column nobody uses.
   */
  private static final class PaddedFile extends InputStream {
    private static final long FIRST_HOUR = 87_672; // 1980-01-01T00Z
    private int line;
    private byte[] text = "facility,time,value,padding\n".getBytes(StandardCharsets.UTF_8);
    private int position;

    @Override
    public int read() {
      if (position == text.length && !next()) {
        return -1;
      }
      return text[position++];
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (position == text.length && !next()) {
        return -1;
      }
      int count = Math.min(length, text.length - position);
      System.arraycopy(text, position, into, offset, count);
      position += count;
      return count;
    }

    private boolean next() {
      if (line == LINES) {
        return false;
      }
      String fields =
          "DEMO_0001,%s,%d,"
              .formatted(java.time.Instant.ofEpochSecond((FIRST_HOUR + line) * 3600), line % 1000);
      text =
          (fields + "x".repeat(LINE_BYTES - fields.length()) + "\n")
              .getBytes(StandardCharsets.UTF_8);
      position = 0;
      line++;
      return true;
    }
  }
}
