package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No secret stands in a log, in an answer, or in a file that the server writes. */
@SuppressWarnings("NullAway.Init")
@Tag("own-platform")
class SecretsIT {
  private static final String MARK = "mk5Zt0Qx8wRv";
  private static final String WEBHOOKS = "whsec_bWs1WnQwUXg4d1J2bWs1WnQwUXg4d1J2";
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir static Path home;

  private static EmbeddedDatabase database;

  @BeforeAll
  static void startDatabase() throws SQLException {
    database = EmbeddedDatabase.start(home.resolve("postgresql"));
    try (Connection connection = database.superuser();
        Statement statement = connection.createStatement()) {
      statement.execute("alter role refdata password '" + MARK + "'");
    }
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wrong-password    | refdata.db.password | PREFIX  | password authentication failed",
        "unreadable-port   | refdata.db.url      | PORT    | refdata.db.url",
        "wrong-secret      | refdata.alerts.secret | SECRET | refdata.alerts.secret must be whsec_",
        "unknown-setting   | refdata.db.pasword  | PREFIX  | refdata.db.password was probably"
            + " meant",
      })
  void aFailureShowsNone(String name, String setting, String value, String line) throws Exception {
    Map<String, String> properties = properties(name);
    properties.put(
        setting,
        switch (value) {
          case "PORT" -> "jdbc:postgresql://localhost:many/refdata?password=" + MARK;
          case "SECRET" -> "whsec_" + MARK + "!";
          default -> "not-" + MARK;
        });
    Process server = launch(name, FreePort.any(), properties);
    try {
      assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("it ends").isTrue();
      assertThat(Files.readString(log(name))).contains(line);
      assertThat(withMark(base(name))).isEmpty();
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  @Test
  void aServerWhoseSecretsComeFromFilesShowsNone() throws Exception {
    String name = "files";
    Map<String, String> properties = properties(name);
    properties.put(
        "refdata.db.password-file",
        Files.writeString(home.resolve("password"), MARK + "\n").toString());
    properties.put(
        "refdata.alerts.secret-file",
        Files.writeString(home.resolve("secret"), WEBHOOKS).toString());
    properties.put("refdata.alerts.webhooks", "http://127.0.0.1:9/" + MARK);
    int port = FreePort.any();
    Process server = launch(name, port, properties);
    try {
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> answer(port, "/health/ready").startsWith("200"));
      List<String> answers = new ArrayList<>();
      for (String path :
          List.of(
              "/health/ready",
              "/health/live",
              "/health/started",
              "/metrics",
              "/openapi",
              "/api/v1/regions?limit=1&nothing=x",
              "/api/v1/database/connections",
              "/api/v1/database/maintenance",
              "/api/v1/monitoring/alerts",
              "/api/v1/none")) {
        answers.add(answer(port, path));
      }
      try (Connection connection = database.superuser();
          Statement statement = connection.createStatement()) {
        statement.execute("alter role refdata password 'another'");
        statement.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'refdata'");
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> answer(port, "/health/ready").startsWith("503"));
        answers.add(answer(port, "/health/ready"));
        answers.add(answer(port, "/api/v1/regions?limit=1&q=x"));
        statement.execute("alter role refdata password '" + MARK + "'");
      }
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> answer(port, "/health/ready").startsWith("200"));
      assertThat(answers).noneMatch(SecretsIT::hasMark);
      assertThat(withMark(base(name))).isEmpty();
    } finally {
      server.destroy();
      server.waitFor();
    }
    assertThat(withMark(base(name))).isEmpty();
  }

  private static Map<String, String> properties(String name) {
    Map<String, String> properties = new HashMap<>();
    properties.put("refdata.db.url", database.url());
    properties.put("refdata.db.user", database.user());
    properties.put("refdata.home", home.resolve(name + "-data").toString());
    return properties;
  }

  private static Path base(String name) {
    return home.resolve("wildfly-" + name);
  }

  private static Path log(String name) {
    return base(name).resolve("wildfly.log");
  }

  private static Process launch(String name, int port, Map<String, String> properties) {
    return WildFlyLaunch.of(
        new WildFlyServer.Settings(
            Path.of("target/server"),
            base(name),
            Path.of("target/refdata.war").toAbsolutePath(),
            port,
            FreePort.any(),
            "512m",
            true,
            properties));
  }

  private static String answer(int port, String path) {
    try {
      var answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                  BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.headers().map() + answer.body();
    } catch (IOException e) {
      return "0 no answer";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean hasMark(String text) {
    return text.contains(MARK) || text.contains(WEBHOOKS);
  }

  /** The files below a directory that hold a secret. */
  private static List<Path> withMark(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).filter(SecretsIT::hasMark).toList();
    }
  }

  private static boolean hasMark(Path file) {
    try {
      return hasMark(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return false; // it was deleted meanwhile
    }
  }
}
