package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.Ports;
import io.refdata.api.platform.WildFlyServer;
import io.refdata.db.EmbeddedDatabase;
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

/** A PostgreSQL of its own and the platform as it is built, empty, until it is closed. */
final class Platform implements AutoCloseable {
  private static final Path API = Path.of("../api/target").toAbsolutePath().normalize();

  /** The application as it is built. */
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
   * Starts it.
   *
   * @param heap the server's largest, such as {@code 512m}
   */
  static Platform start(String heap) throws IOException {
    return new Platform(Files.createTempDirectory("perf"), heap);
  }

  /**
   * Stops the server, and starts another on the same database, at another address.
   *
   * @param war the application
   * @param settings system properties of the server
   */
  void restart(Path war, Map<String, String> settings) {
    server.close();
    server = newServer(war, settings);
  }

  private WildFlyServer newServer(Path war, Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>(settings);
    properties.put("refdata.home", directory.resolve("data").toString());
    properties.put("refdata.db.url", database.url());
    properties.put("refdata.db.user", database.user());
    properties.put("refdata.db.password", database.password());
    return WildFlyServer.start(
        new WildFlyServer.Settings(
            API.resolve("server"),
            directory.resolve("wildfly"),
            war,
            Ports.free(),
            Ports.free(),
            heap,
            properties));
  }

  /** The server's root. */
  URI url() {
    return server.url();
  }

  PlatformClient client() {
    return new PlatformClient(server.url());
  }

  WildFlyServer server() {
    return server;
  }

  /** A directory that is gone when the platform is closed. */
  Path directory() {
    return directory;
  }

  /** Where the server looks for applications to deploy. */
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

  /** Puts in the indicators that the series of {@link SeriesFile} are of. */
  void addIndicators() throws SQLException {
    execute(
        "insert into ref.indicator (code, name) select 'PERF_' || i, 'Indicator ' || i from"
            + " generate_series(0, "
            + (SeriesFile.SERIES - 1)
            + ") i");
  }

  /** Describes a dataset that files of {@link SeriesFile} fit into, unless it is there. */
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
   * @return the load, when it has ended well
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
