package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.WildFlyServer;
import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The built platform, empty, with its own PostgreSQL; both stop when it is closed. */
final class Platform implements AutoCloseable {
  private static final Path API = Path.of("../api/target").toAbsolutePath().normalize();

  /** The built application. */
  static final Path WAR = API.resolve("refdata.war");

  private final Path directory;
  private final String heap;
  private final EmbeddedDatabase database;
  private WildFlyServer server;

  private Platform(Path directory, String heap) {
    this.directory = directory;
    this.heap = heap;
    this.database = EmbeddedDatabase.startTemporary();
    this.server = newServer(WAR, Map.of());
  }

  /**
   * Starts PostgreSQL and the server.
   *
   * @param heap the maximum heap of the server, such as {@code 512m}
   */
  static Platform start(String heap) throws IOException {
    return new Platform(Files.createTempDirectory("perf"), heap);
  }

  /**
   * Stops the server, and starts another on the same database, at another URL.
   *
   * @param war the application
   * @param settings system properties of the server
   */
  void restart(Path war, Map<String, String> settings) {
    server.close();
    server = newServer(war, settings);
  }

  /**
   * Starts another server on the same database.
   *
   * @param settings system properties of the server
   */
  WildFlyServer startBeside(Map<String, String> settings) {
    return newServer("beside", WAR, settings);
  }

  private WildFlyServer newServer(Path war, Map<String, String> settings) {
    return newServer("wildfly", war, settings);
  }

  private WildFlyServer newServer(String name, Path war, Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>();
    properties.put("refdata.access.anybody", "reader,editor,loader,operator");
    properties.put("refdata.metrics.open", "true");
    properties.putAll(settings);
    properties.put("refdata.home", directory.resolve("data").toString());
    properties.put("refdata.db.url", database.url());
    properties.put("refdata.db.user", database.user());
    properties.put("refdata.db.password", database.password());
    return WildFlyServer.start(
        new WildFlyServer.Settings(
            API.resolve("server"),
            directory.resolve(name),
            war,
            FreePort.any(),
            FreePort.any(),
            heap,
            false,
            properties));
  }

  /** The root URL of the server. */
  URI url() {
    return server.url();
  }

  PlatformClient client() {
    return new PlatformClient(server.url());
  }

  WildFlyServer server() {
    return server;
  }

  /**
   * Starts the rival on the same database.
   *
   * @param dataset the id of the dataset whose series it gives
   */
  Rival startRival(int dataset) throws IOException {
    return Rival.start(database, dataset, directory.resolve("rival.log"));
  }

  /** A directory that is deleted when the platform is closed. */
  Path directory() {
    return directory;
  }

  /** The directory from which the server deploys applications. */
  Path deployments() {
    return directory.resolve("wildfly/deployments");
  }

  DataSource dataSource() {
    return database.dataSource();
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Adds the indicators of the series in {@link SeriesFile}. */
  void addIndicators() throws SQLException {
    execute(
        "insert into ref.indicator (code, name) select 'PERF_' || i, 'Indicator ' || i from"
            + " generate_series(0, "
            + (SeriesFile.SERIES - 1)
            + ") i");
  }

  /** Creates a dataset for files of {@link SeriesFile}, unless it exists. */
  void addDataset(String code) throws IOException, InterruptedException {
    client()
        .create(
            "datasets/" + code,
            """
            {"name": "Daily values", "frequency": "D", "partitioning": {"interval": "YEAR"},
             "dimensions": [{"code": "indicator", "values": "indicators"}]}
            """);
  }

  /**
   * Loads a file into a dataset.
   *
   * @return the completed load
   */
  JsonNode load(String dataset, Path file) throws IOException, InterruptedException {
    addDataset(dataset);
    JsonNode load = client().load("into=datasets/" + dataset, BodyPublishers.ofFile(file));
    assertThat(load.get("state").asText()).as(load.toString()).isEqualTo("COMPLETED");
    return load;
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
