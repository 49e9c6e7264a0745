package io.refdata.api.client;

import static io.refdata.api.client.Attackers.request;
import static io.refdata.api.client.Attackers.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.client.SteadyClient.Seen;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.RestAssured;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Clients that are slow, many or hostile, beside one that asks for a little 50 times a second: none
 * of its requests fails, and 99 of 100 take less than 250 ms, of probes less than 100 ms.
 */
@ArquillianTest
class AttacksIT {
  private static final String DATASET = "ATTACKED";
  private static final String OBSERVATIONS = "/api/v1/datasets/" + DATASET + "/observations";
  private static final int SERIES = 30;
  private static final int DAYS = 2_500;
  private static final double MOST_MILLIS = 250;
  private static final double MOST_MILLIS_OF_A_PROBE = 100;
  private static final double QUIET_MILLIS = 100;
  private static final int ROUNDS = 5;
  private static final Duration QUIET = Duration.ofSeconds(4);
  private static final Duration UNDER_ATTACK = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static boolean loaded;

  private final SteadyClient client = new SteadyClient(DATASET);

  @BeforeEach
  void loadOnce() throws IOException, InterruptedException {
    if (loaded) {
      return;
    }
    PlatformClient platform = PlatformForTests.client();
    StringBuilder csv = new StringBuilder("indicator,time,value\n");
    for (int i = 0; i < SERIES; i++) {
      String code = i == 0 ? "ATTACKED" : "ATTACKED_" + i;
      platform.create("indicators/" + code, "{\"name\": \"Attacked\"}");
      LocalDate day = LocalDate.of(2015, 1, 1);
      for (int j = 0; j < DAYS; j++) {
        csv.append(code).append(',').append(day.plusDays(j)).append(',').append(j).append(".5\n");
      }
    }
    platform.dataset(DATASET, "D", "DECADE", "indicator=indicators");
    assertThat(
            platform
                .load("into=datasets/" + DATASET, BodyPublishers.ofString(csv.toString()))
                .get("state")
                .asText())
        .isEqualTo("COMPLETED");
    loaded = true;
  }

  @Test
  void slowEditorsHoldUpNobody() throws IOException {
    holdsOut(
        attackers -> {
          for (String path :
              List.of("/api/v1/providers/SLOW", "/api/v1/nothing/SLOW", "/nothing")) {
            for (String method : List.of("PUT", "PATCH", "DELETE", "POST", "GET")) {
              for (int i = 0; i < 4; i++) {
                attackers.open(
                    request(method, path, "Content-Type: application/json", "Content-Length: 999")
                        + "{");
              }
            }
          }
          for (int i = 0; i < 40; i++) {
            attackers.open(
                request(
                        "POST",
                        OBSERVATIONS + "/query",
                        "Content-Type: application/json",
                        "Transfer-Encoding: chunked")
                    + "1\r\n{\r\n");
          }
        });
  }

  @Test
  void slowUploadsHoldUpNobodyAndLeaveNothing() throws IOException {
    holdsOut(
        attackers -> {
          for (int i = 0; i < 500; i++) {
            attackers.open(
                request(
                        "POST",
                        "/api/v1/loads?into=datasets/" + DATASET,
                        "Content-Type: text/csv",
                        "Content-Length: 1000000000")
                    + "indicator,time,value\n");
          }
          attackers.drip();
        });
    Path payloads = Path.of(System.getProperty("refdata.it.home"), "payloads");
    Awaitility.await("no part of a file").atMost(PATIENCE).until(() -> parts(payloads) == 0);
  }

  private static long parts(Path payloads) throws IOException {
    try (Stream<Path> files = Files.list(payloads)) {
      return files.filter(file -> file.toString().endsWith(".part")).count();
    }
  }

  @Test
  void slowReadersHoldUpNobody() throws IOException {
    holdsOut(
        attackers -> {
          for (int i = 0; i < 200; i++) {
            attackers.open(request("GET", OBSERVATIONS, "Accept: text/csv"));
          }
        });
  }

  @Test
  void slowReadersOfPagesHoldUpNobody() throws IOException {
    holdsOut(
        attackers -> {
          for (int i = 0; i < 40; i++) {
            attackers.open(request("GET", OBSERVATIONS, "Accept: application/json"));
          }
        });
  }

  @Test
  void headersOfNothingButSpaceHoldUpNobody() throws IOException {
    holdsOut(
        attackers -> {
          for (int i = 0; i < 8; i++) {
            attackers.open(
                request(
                    "GET", "/api/v1/units", "Accept-Encoding: a" + "\u000b".repeat(8_000) + "b"));
          }
        });
  }

  @Test
  void pushesOfTooManyRowsHoldUpNobody() throws IOException {
    byte[] rows = ("[" + "{},".repeat((16 << 20) / 3 - 1) + "{}]").getBytes(StandardCharsets.UTF_8);
    holdsOut(
        attackers -> {
          for (int round = 0; round < 3; round++) {
            List<Socket> pushing = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
              Socket socket =
                  attackers.open(
                      request(
                          "POST",
                          OBSERVATIONS,
                          "Content-Type: application/json",
                          "Content-Length: " + rows.length));
              OutputStream out = socket.getOutputStream();
              out.write(rows);
              pushing.add(socket);
            }
            for (Socket socket : pushing) {
              assertThat(status(socket)).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
            }
          }
        });
  }

  @Test
  void manyExportsHoldUpNobodyAndAllComeWhole() throws IOException {
    HttpClient http = HttpClient.newHttpClient();
    URI uri = URI.create(RestAssured.baseURI + ":" + RestAssured.port + OBSERVATIONS);
    List<CompletableFuture<HttpResponse<String>>> exports = new ArrayList<>();
    holdsOut(
        attackers -> {
          for (int i = 0; i < 40; i++) {
            exports.add(
                http.sendAsync(
                    HttpRequest.newBuilder(uri).header("Accept", "text/csv").build(),
                    BodyHandlers.ofString()));
          }
        });
    for (CompletableFuture<HttpResponse<String>> export : exports) {
      HttpResponse<String> answer = export.join();
      if (answer.statusCode() == 503) {
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      } else {
        assertThat(answer.body().lines().count()).isGreaterThan((long) SERIES * DAYS);
      }
    }
  }

  @Test
  void aReaderThatWakesUpGetsItsAnswerWhole() throws IOException {
    try (Attackers slow = new Attackers()) {
      for (String encoding : List.of("identity", "gzip")) {
        Socket socket =
            slow.open(
                request(
                    "GET",
                    OBSERVATIONS,
                    "Accept: text/csv",
                    "Accept-Encoding: " + encoding,
                    "Connection: close"));
        // Time to make all of it, which is more than the sockets hold.
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        InputStream in = new BufferedInputStream(socket.getInputStream());
        while (!Attackers.line(in).isEmpty()) {
          // Headers are told by their end.
        }
        InputStream body = encoding.equals("gzip") ? new GZIPInputStream(in) : in;
        String csv = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(csv).endsWith("\n");
        assertThat(csv.lines().filter(line -> line.endsWith(",A")))
            .hasSizeGreaterThanOrEqualTo(SERIES * DAYS);
      }
    }
  }

  @Test
  void whatNobodyWaitsForIsNotCarriedOut() throws Exception {
    try (Connection own = PlatformForTests.database().dataSource().getConnection();
        Statement statement = own.createStatement()) {
      own.setAutoCommit(false);
      statement.execute("select ref.lock_topic(0)");
      try (Attackers gone = new Attackers()) {
        for (int i = 0; i < 40; i++) {
          gone.open(
              request(
                      "PUT",
                      "/api/v1/providers/GONE_" + i,
                      "Content-Type: application/json",
                      "If-None-Match: *",
                      "Content-Length: 16")
                  + "{\"name\": \"Gone\"}");
        }
        PlatformForTests.await(
            "select count(*) = 4 from pg_stat_activity where application_name = 'refdata' and"
                + " wait_event = 'advisory'");
        awaitWaitingEdits(36);
        // A client is looked for only after its request has waited for 50 ms.
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
      own.rollback();
    }
    // Edits take turns: when none of those waits any more, this one is through.
    PlatformForTests.client().create("providers/STAYED", "{\"name\": \"Stayed\"}");
    awaitWaitingEdits(0);
    PlatformForTests.await(
        "select count(*) = 0 from pg_stat_activity where application_name = 'refdata' and"
            + " wait_event = 'advisory'");
    PlatformForTests.await("select count(*) <= 4 from ref.provider where code like 'GONE%'");
  }

  private static void awaitWaitingEdits(int requests) {
    String line = "refdata_share_waiting{share=\"edits\"} " + requests + ".0";
    Awaitility.await(line)
        .atMost(PATIENCE)
        .until(() -> RestAssured.get("/metrics").asString().contains(line));
  }

  /** An action of the attackers. */
  @FunctionalInterface
  private interface Attack {
    void begin(Attackers attackers) throws IOException;
  }

  /** An attack that holds others up does so each time; a busy machine does not. */
  private void holdsOut(Attack attack) throws IOException {
    for (int round = 1; ; round++) {
      Seen quiet = client.ask(QUIET);
      assertThat(quiet.failures()).isEmpty();
      Seen seen = during(attack);
      String figures =
          "p99 %.0f ms, under attack %.0f ms; of probes %.0f ms, under attack %.0f ms"
              .formatted(quiet.p99(), seen.p99(), quiet.probesP99(), seen.probesP99());
      System.out.println(figures);
      assertThat(seen.failures()).isEmpty();
      // A machine on which they take long without an attack has nothing to tell.
      if (quiet.p99() >= QUIET_MILLIS
          || (seen.p99() < MOST_MILLIS && seen.probesP99() < MOST_MILLIS_OF_A_PROBE)) {
        return;
      }
      assertThat(round).as("rounds in which others were held up; " + figures).isLessThan(ROUNDS);
    }
  }

  private Seen during(Attack attack) throws IOException {
    try (Attackers attackers = new Attackers()) {
      CompletableFuture<Seen> asking =
          CompletableFuture.supplyAsync(() -> client.ask(UNDER_ATTACK));
      attack.begin(attackers);
      return asking.join();
    }
  }
}
