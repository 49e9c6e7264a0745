package io.refdata.api.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Loads among readers and among each other. All values of a load are its number, so that an answer
 * which has something of two loads, or not all of one, shows.
 */
@ArquillianTest
class LoadsSideBySideIT {
  private static final int SERIES = 10;
  private static final int DAYS = 3_000;
  private static final int ROUNDS = 6;
  private static final int READERS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final PlatformClient client = PlatformForTests.client();

  @BeforeEach
  void describe() throws Exception {
    for (int series = 0; series < SERIES; series++) {
      client.create("indicators/side_" + series, "{\"name\": \"An indicator\"}");
    }
  }

  @Test
  void aReaderSeesAllOfALoadOrNothingOfItAndTheSameAgainLater() throws Exception {
    dataset("WHOLE");
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Loading loading = new Loading();
      List<Future<List<Integer>>> readers = new ArrayList<>();
      for (int reader = 0; reader < READERS; reader++) {
        readers.add(threads.submit(() -> read(loading, () -> csv(""))));
        readers.add(threads.submit(() -> read(loading, this::json)));
      }
      Map<Instant, String> remembered = new TreeMap<>();
      List<String> recorded = new ArrayList<>();
      Future<?> past =
          threads.submit(
              () -> {
                while (loading.goesOn()) {
                  Instant moment = Instant.now().minusMillis(2).truncatedTo(ChronoUnit.MICROS);
                  remembered.put(moment, csv("?asOf=" + moment));
                }
                return null;
              });
      for (int round = 1; round <= ROUNDS; round++) {
        String mode = round % 2 == 0 ? "&mode=REPLACE" : "";
        JsonNode load =
            client.load("into=datasets/WHOLE" + mode, BodyPublishers.ofString(file(DAYS, round)));
        assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
        assertThat(load.at(round == 1 ? "/rows/inserted" : "/rows/revised").asInt())
            .isEqualTo(SERIES * DAYS);
        recorded.add(load.get("recordedAt").asText());
      }
      loading.end();
      for (Future<List<Integer>> reader : readers) {
        assertThat(reader.get()).as("never back in time").isSorted().hasSizeGreaterThan(ROUNDS);
      }
      past.get();
      for (Map.Entry<Instant, String> answer : remembered.entrySet()) {
        assertThat(csv("?asOf=" + answer.getKey()).equals(answer.getValue()))
            .as("the same as of %s as at first, loads recorded at %s", answer.getKey(), recorded)
            .isTrue();
      }
      assertThat(remembered.values().stream().map(LoadsSideBySideIT::only))
          .as("at %s, in the midst of loads recorded at %s", remembered.keySet(), recorded)
          .isSorted()
          .contains(1, ROUNDS - 1);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Whether loads are still coming. */
  private static final class Loading {
    private volatile boolean ended;

    boolean goesOn() {
      return !ended;
    }

    void end() {
      ended = true;
    }
  }

  /** The loads that a reader saw, one after the other; a mixed answer fails. */
  private static List<Integer> read(Loading loading, Callable<String> question) throws Exception {
    List<Integer> seen = new ArrayList<>();
    while (loading.goesOn()) {
      seen.add(only(question.call()));
    }
    return seen;
  }

  private String csv(String query) throws Exception {
    return client.text("datasets/WHOLE/observations" + query, "text/csv");
  }

  /** The columns of the JSON answer, written as CSV. */
  private String json() throws Exception {
    StringBuilder lines = new StringBuilder("header\n");
    for (JsonNode series : client.get("datasets/WHOLE/observations").get("series")) {
      for (JsonNode value : series.get("value")) {
        lines.append(series.get("key").asText()).append(",,,").append(value).append(",A\n");
      }
    }
    return lines.toString();
  }

  /** The number of the one load that an answer is of; 0 if it is of none. */
  private static int only(String csv) {
    assertThat(csv).as("a header at least").isNotEmpty();
    List<Double> values =
        csv.lines().skip(1).map(line -> Double.valueOf(line.split(",", -1)[3])).toList();
    if (values.isEmpty()) {
      return 0;
    }
    assertThat(values).hasSize(SERIES * DAYS);
    assertThat(new TreeSet<>(values)).as("loads in one answer").hasSize(1);
    return values.get(0).intValue();
  }

  @Test
  void loadsIntoOneDatasetQueueInTheOrderInWhichTheyCame() throws Exception {
    dataset("QUEUE");
    long large = send("QUEUE", file(5 * DAYS, 1));
    long small = send("QUEUE", file(2, 2));
    long smallest = send("QUEUE", file(1, 3));
    List<Instant> recorded = new ArrayList<>();
    for (long load : List.of(large, small, smallest)) {
      JsonNode ended = client.ended(load);
      assertThat(ended.get("state").asText()).as(ended.toString()).isEqualTo("COMPLETED");
      recorded.add(Instant.parse(ended.get("recordedAt").asText()));
    }
    assertThat(recorded).isSorted().doesNotHaveDuplicates();
    assertThat(client.get("loads/" + small).at("/rows/revised").asInt()).isEqualTo(2 * SERIES);
    assertThat(client.get("loads/" + smallest).at("/rows/revised").asInt()).isEqualTo(SERIES);
    assertThat(
            client
                .text("datasets/QUEUE/observations?key=side_0&first=3", "text/csv")
                .lines()
                .skip(1))
        .containsExactly(
            "side_0,side_0,2000-01-01,3.0,A",
            "side_0,side_0,2000-01-02,2.0,A",
            "side_0,side_0,2000-01-03,1.0,A");
  }

  @Test
  void loadsIntoTwoDatasetsRunSideBySide() throws Exception {
    dataset("HELD_UP");
    dataset("FREE");
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "select ref.lock_topic((select id from curated.dataset where code = 'HELD_UP'))");
      List<Long> held = new ArrayList<>();
      for (int number = 1; number <= 3; number++) {
        held.add(send("HELD_UP", file(2, number)));
      }
      JsonNode free = client.ended(send("FREE", file(DAYS, 1)));
      assertThat(free.get("state").asText()).as(free.toString()).isEqualTo("COMPLETED");
      for (long load : held) {
        await(load, "MERGING");
        assertThat(client.get("loads/" + load).get("finishedAt").isNull()).isTrue();
      }
      connection.rollback();
      for (long load : held) {
        assertThat(client.ended(load).get("state").asText()).isEqualTo("COMPLETED");
      }
      JsonNode first = client.get("loads/" + held.get(0));
      assertThat(Instant.parse(first.get("startedAt").asText()))
          .isBefore(Instant.parse(free.get("finishedAt").asText()));
      assertThat(Instant.parse(first.get("finishedAt").asText()))
          .isAfter(Instant.parse(free.get("finishedAt").asText()));
    }
  }

  @Test
  void aLoadThatWaitsForItsTurnCanBeStopped() throws Exception {
    dataset("STOPPED");
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "select ref.lock_topic((select id from curated.dataset where code = 'STOPPED'))");
      long first = send("STOPPED", file(2, 1));
      await(first, "MERGING");
      long second = send("STOPPED", file(2, 2));
      await(second, "MERGING");
      io.restassured.RestAssured.given()
          .post("/api/v1/loads/" + second + "/stop")
          .then()
          .statusCode(202);
      long third = send("STOPPED", file(1, 3));
      connection.rollback();
      assertThat(client.ended(first).get("state").asText()).isEqualTo("COMPLETED");
      assertThat(client.ended(third).get("state").asText()).isEqualTo("COMPLETED");
      assertThat(client.get("loads/" + second).get("state").asText()).isEqualTo("STOPPED");
    }
    assertThat(
            client
                .text("datasets/STOPPED/observations?key=side_0", "text/csv")
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1)[3]))
        .containsExactly("3.0", "1.0");
  }

  @Test
  void aLoadThatNoJobIsAtWorkOnGoesOnByItself() throws Exception {
    dataset("LEFT");
    long load = send("LEFT", file(2, 1));
    client.ended(load);
    try (Connection connection = PlatformForTests.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "update raw.load set state = 'RECEIVED', finished_at = null where id = " + load);
    }
    JsonNode ended = client.ended(load);
    assertThat(ended.get("state").asText()).as(ended.toString()).isEqualTo("COMPLETED");
    assertThat(ended.at("/rows/unchanged").asInt()).isEqualTo(2 * SERIES);
  }

  private void await(long load, String state) {
    Awaitility.await("load " + load)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> client.get("loads/" + load).get("state").asText(), state::equals);
  }

  private long send(String dataset, String file) throws Exception {
    return client
        .send("into=datasets/" + dataset, BodyPublishers.ofString(file))
        .get("id")
        .asLong();
  }

  private void dataset(String code) throws Exception {
    client.dataset(code, "D", "YEAR", "indicator=indicators");
  }

  private static String file(int days, int value) {
    StringBuilder file = new StringBuilder("indicator,time,value\n");
    LocalDate first = LocalDate.of(2000, 1, 1);
    for (int series = 0; series < SERIES; series++) {
      for (int day = 0; day < days; day++) {
        file.append("side_").append(series).append(',');
        file.append(first.plusDays(day)).append(',').append(value).append('\n');
      }
    }
    return file.toString();
  }
}
