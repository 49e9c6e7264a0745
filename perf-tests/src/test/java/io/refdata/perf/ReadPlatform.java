package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.Ports;
import io.refdata.api.platform.WildFlyServer;
import io.refdata.db.EmbeddedDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The platform with plants and with two datasets, {@code MANY} and {@code FEW}, and beside it, in
 * the same server, what one would write by hand.
 */
final class ReadPlatform implements AutoCloseable {
  private static final Path API = Path.of("../api/target").toAbsolutePath().normalize();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path directory;
  private final EmbeddedDatabase database;
  private final WildFlyServer server;
  private final PlatformClient client;

  private ReadPlatform(Path directory, EmbeddedDatabase database) {
    this.directory = directory;
    this.database = database;
    this.server =
        WildFlyServer.start(
            new WildFlyServer.Settings(
                API.resolve("server"),
                directory.resolve("wildfly"),
                API.resolve("refdata.war"),
                Ports.free(),
                Ports.free(),
                "1g",
                Map.of(
                    "refdata.home", directory.resolve("data").toString(),
                    "refdata.db.url", database.url(),
                    "refdata.db.user", database.user(),
                    "refdata.db.password", database.password())));
    this.client = new PlatformClient(server.url());
  }

  /** Starts and fills it. */
  static ReadPlatform start(int facilities, int manyRows, int fewRows) throws Exception {
    ReadPlatform platform =
        new ReadPlatform(Files.createTempDirectory("reads"), EmbeddedDatabase.startTemporary());
    Plants.load(platform.client, facilities);
    platform.execute(
        "insert into ref.indicator (code, name) select 'PERF_' || i, 'Indicator ' || i from"
            + " generate_series(0, "
            + (SeriesFile.SERIES - 1)
            + ") i");
    platform.load("MANY", manyRows);
    platform.load("FEW", fewRows);
    platform.execute("vacuum analyze");
    platform.deployRivals();
    return platform;
  }

  private void load(String dataset, int rows) throws Exception {
    client.create(
        "datasets/" + dataset,
        """
        {"name": "Daily values", "frequency": "D", "partitioning": {"interval": "YEAR"},
         "dimensions": [{"code": "indicator", "values": "indicators"}]}
        """);
    Path file = SeriesFile.forPlatform(directory.resolve(dataset + ".csv"), rows, 0);
    JsonNode load = client.load("into=datasets/" + dataset, BodyPublishers.ofFile(file));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    Files.delete(file);
  }

  private void deployRivals() throws Exception {
    Path war = directory.resolve("rival.war");
    RivalWar.write(
        war,
        Map.of(
            "item.json", get("facilities/PLANT_7").body(), "page.json", get("facilities").body()));
    Path deployments = directory.resolve("wildfly/deployments");
    Files.copy(war, deployments.resolve("rival.war"));
    Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
    while (!Files.exists(deployments.resolve("rival.war.deployed"))) {
      assertThat(Instant.now()).as(server.log().toString()).isBefore(deadline);
      LockSupport.parkNanos(50_000_000);
    }
  }

  /** Asks for JSON. */
  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        HTTP.send(
            HttpRequest.newBuilder(api(path)).header("Accept", "application/json").build(),
            BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  /** An address below the platform's interface. */
  URI api(String path) {
    return server.url().resolve("/api/v1/" + path);
  }

  /** An address of what was written by hand. */
  URI rival(String path) {
    return server.url().resolve("/rival/" + path);
  }

  PlatformClient client() {
    return client;
  }

  Path directory() {
    return directory;
  }

  DataSource dataSource() {
    return database.dataSource();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    database.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
