package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start and the end of the server, and its messages about settings that are wrong. */
@SuppressWarnings("NullAway.Init")
@Tag("own-platform")
class StartIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int WRONG_SETTINGS = 78;

  @TempDir static Path home;

  private static EmbeddedDatabase database;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void startDatabase() throws Exception {
    database = EmbeddedDatabase.start(home.resolve("postgresql"));
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select 1");
    }
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @Test
  void nobodyIsToldThatNothingIsThereWhileItStartsWaitsAndEnds() throws Exception {
    Map<String, String> properties = properties();
    database.close();
    int port = FreePort.any();
    Process server = launch("waiting", port, properties);
    try {
      await(() -> answer(port, "/health/live") == 200);
      assertThat(answer(port, "/health/started")).isEqualTo(503);
      await(() -> body(port, "/health/ready").contains("it does not answer"));
      for (String path : List.of("/api/v1/facilities", "/openapi", "/", "/api/v1/regions/DEU")) {
        HttpResponse<String> refused = get(port, path);
        assertThat(refused.statusCode()).as(path).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).as(path).isPresent();
        assertThat(refused.headers().firstValue("Content-Type"))
            .hasValue("application/problem+json");
      }
      database = EmbeddedDatabase.start(home.resolve("postgresql"));
      awaitAnswers(port, 503, 200);
      await(() -> answer(port, "/health/ready") == 200);
      unwritableHomeIsNotReady(port, Path.of(properties.get("refdata.home")));
      assertThat(log("waiting").filter(line -> line.contains("tried again every second")))
          .hasSizeBetween(1, 20);
      assertThat(log("waiting").filter(line -> line.startsWith("\tat "))).isEmpty();
      server.destroy();
      int last = 200;
      while (server.isAlive()) {
        int status = answer(port, "/api/v1/regions/DEU");
        assertThat(status).isIn(last == 200 ? List.of(200, 503, 0) : List.of(503, 0));
        last = status;
      }
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  private void unwritableHomeIsNotReady(int port, Path data) throws IOException {
    Path aside = data.resolveSibling("aside");
    Files.move(data, aside);
    Files.createFile(data);
    await(() -> answer(port, "/health/ready") == 503);
    assertThat(body(port, "/health/ready")).contains("refdata.home");
    assertThat(answer(port, "/api/v1/regions/DEU")).isEqualTo(200);
    Files.delete(data);
    Files.move(aside, data);
    await(() -> answer(port, "/health/ready") == 200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "refdata.db.password | wrong | password authentication failed",
        "refdata.db.url | DATABASE | database \"castle\" does not exist",
        "refdata.db.user | stranger | may not create schemas",
        "refdata.pool.max | many | refdata.pool.max=many must be a whole number",
        "refdata.pool.maxx | 9 | refdata.pool.max was probably meant",
        "refdata.home | FILE | no file can be written below refdata.home",
        "refdata.access.anybody | everything | must be some of reader,editor,loader,operator",
        "refdata.access.anybody | editor | is for the loopback address only",
        "refdata.access.public-collections | rivers | there is no collection rivers",
      })
  void aWrongSettingIsOneLineAndTheEnd(String setting, String value, String line) throws Exception {
    Map<String, String> properties = properties();
    switch (value) {
      case "DATABASE" -> properties.put(setting, database.url().replaceFirst("refdata$", "castle"));
      case "FILE" -> {
        Path file = home.resolve("a-file");
        Files.writeString(file, "");
        properties.put(setting, file.resolve("data").toString());
      }
      case "stranger" -> {
        makeStranger(database.password());
        properties.put(setting, value);
      }
      case "editor" -> {
        properties.put("jboss.bind.address", "0.0.0.0");
        properties.put(setting, value);
      }
      default -> properties.put(setting, value);
    }
    String name = setting + "-" + value;
    Process server = launch(name, FreePort.any(), properties);
    try {
      assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("it ends").isTrue();
      assertThat(server.exitValue()).isEqualTo(WRONG_SETTINGS);
      assertThat(log(name).filter(each -> each.contains(line))).hasSize(1);
      assertThat(log(name).filter(each -> each.contains("ERROR") || each.startsWith("\tat ")))
          .isEmpty();
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  /** One that may connect, and no more. */
  private static void makeStranger(String password) throws Exception {
    try (Connection connection = database.superuser();
        Statement statement = connection.createStatement()) {
      statement.execute("create role stranger login password '" + password + "'");
    }
  }

  private static Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    properties.put("refdata.access.anybody", "reader");
    properties.put("refdata.home", home.resolve("data").toString());
    properties.put("refdata.db.url", database.url());
    properties.put("refdata.db.user", database.user());
    properties.put("refdata.db.password", database.password());
    return properties;
  }

  private static Process launch(String name, int port, Map<String, String> properties) {
    return WildFlyLaunch.of(
        new WildFlyServer.Settings(
            Path.of("target/server"),
            home.resolve(name),
            Path.of("target/refdata.war").toAbsolutePath(),
            port,
            FreePort.any(),
            "512m",
            true,
            properties));
  }

  private static java.util.stream.Stream<String> log(String name) throws IOException {
    return Files.readAllLines(home.resolve(name).resolve("wildfly.log")).stream();
  }

  private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofMinutes(1))
            .build(),
        BodyHandlers.ofString());
  }

  /** The status; 0 if there is no answer. */
  private int answer(int port, String path) {
    try {
      return get(port, path).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String body(int port, String path) {
    try {
      return get(port, path).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    Awaitility.await().atMost(PATIENCE).until(condition::getAsBoolean);
  }

  /** The first status again and again, until it is the second. */
  private void awaitAnswers(int port, int first, int second) {
    Instant deadline = Instant.now().plus(PATIENCE);
    int status = answer(port, "/api/v1/regions/DEU");
    while (status != second) {
      assertThat(status).isEqualTo(first);
      assertThat(Instant.now()).isBefore(deadline);
      status = answer(port, "/api/v1/regions/DEU");
    }
  }
}
