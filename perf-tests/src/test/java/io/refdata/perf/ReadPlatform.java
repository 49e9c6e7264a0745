package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.api.platform.PlatformClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * The platform with plants and two datasets, {@code MANY} and {@code FEW}. In the same server, it
 * deploys the hand-written programs that the platform is compared with.
 */
public final class ReadPlatform implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Platform platform;
  private Instant filled = Instant.EPOCH;

  private ReadPlatform(Platform platform) {
    this.platform = platform;
  }

  /** Starts the platform and fills it. */
  public static ReadPlatform start(int facilities, int manyRows, int fewRows) throws Exception {
    ReadPlatform started = new ReadPlatform(Platform.start("1g"));
    Platform platform = started.platform;
    Plants.load(platform.client(), facilities);
    platform.addIndicators();
    started.load("MANY", manyRows);
    started.load("FEW", fewRows);
    platform.execute("vacuum analyze");
    started.filled = Instant.now().truncatedTo(ChronoUnit.MICROS);
    started.deployRivals();
    return started;
  }

  private void load(String dataset, int rows) throws Exception {
    Path file = SeriesFile.forPlatform(directory().resolve(dataset + ".csv"), rows, 0);
    platform.load(dataset, file);
    Files.delete(file);
  }

  private void deployRivals() throws Exception {
    Path war = directory().resolve("rival.war");
    RivalWar.write(
        war,
        Map.of(
            "item.json", get("facilities/PLANT_7").body(), "page.json", get("facilities").body()));
    Files.copy(war, platform.deployments().resolve("rival.war"));
    Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
    while (!Files.exists(platform.deployments().resolve("rival.war.deployed"))) {
      assertThat(Instant.now()).as(platform.server().log().toString()).isBefore(deadline);
      LockSupport.parkNanos(50_000_000);
    }
  }

  /**
   * Stops the server, and starts another on the same data, without the hand-written programs.
   *
   * @param war the application
   * @param settings system properties of the server
   */
  void restart(Path war, Map<String, String> settings) {
    platform.restart(war, settings);
  }

  /**
   * Starts the rival in a process of its own, on the same database.
   *
   * @param dataset the id of the dataset whose series it gives
   */
  Rival startRival(int dataset) throws IOException {
    return platform.startRival(dataset);
  }

  /** The moment when the platform had been filled. */
  Instant filled() {
    return filled;
  }

  /** Reads JSON. */
  public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return get(path, "max-age=0");
  }

  /** Reads JSON, without the response cache. */
  HttpResponse<byte[]> getUncached(String path) throws IOException, InterruptedException {
    return get(path, "no-cache");
  }

  private HttpResponse<byte[]> get(String path, String control)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        HTTP.send(
            HttpRequest.newBuilder(api(path))
                .header("Accept", "application/json")
                .header("Cache-Control", control)
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return response;
  }

  /** The path as of the moment when the platform was filled. */
  String past(String path) {
    return path + (path.contains("?") ? "&" : "?") + "asOf=" + filled;
  }

  /** The path of observations that changed after the moment when the platform was filled. */
  String changed(String path) {
    return path + "?updatedAfter=" + filled;
  }

  /** A URL of the platform. */
  public URI api(String path) {
    return platform.url().resolve("/api/v1/" + path);
  }

  /** A URL of the hand-written programs. */
  URI rival(String path) {
    return platform.url().resolve("/rival/" + path);
  }

  public PlatformClient client() {
    return platform.client();
  }

  Path directory() {
    return platform.directory();
  }

  public DataSource dataSource() {
    return platform.dataSource();
  }

  void execute(String sql) throws Exception {
    platform.execute(sql);
  }

  @Override
  public void close() throws IOException {
    platform.close();
  }
}
