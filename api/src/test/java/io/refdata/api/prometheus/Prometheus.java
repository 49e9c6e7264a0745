package io.refdata.api.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.db.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A Prometheus (a package of Debian) that scrapes one server each second and evaluates the rules of
 * {@code monitoring/prometheus}.
 */
final class Prometheus implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/prometheus");
  private static final Path TOOL = Path.of("/usr/bin/promtool");
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI base;

  private Prometheus(Process process, URI base) {
    this.process = process;
    this.base = base;
  }

  /** Skips the test where its programs are not installed, but in continuous integration fails. */
  static void require() {
    boolean installed = Files.isExecutable(PROGRAM) && Files.isExecutable(TOOL);
    String missing = "%s or %s is missing: apt-get install prometheus".formatted(PROGRAM, TOOL);
    if (System.getenv("CI") != null) {
      Assertions.assertThat(installed).as(missing).isTrue();
    }
    Assumptions.assumeTrue(installed, missing);
  }

  /**
   * Runs promtool.
   *
   * @param directory from where it finds files
   * @return what it prints, if it succeeds
   * @throws AssertionError if it does not
   */
  static String tool(Path directory, String... arguments) throws Exception {
    Process tool =
        new ProcessBuilder(command(TOOL, arguments))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(tool.getInputStream().readAllBytes(), UTF_8);
    if (tool.waitFor() != 0) {
      throw new AssertionError("promtool %s%n%s".formatted(String.join(" ", arguments), printed));
    }
    return printed;
  }

  private static String[] command(Path program, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = program.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return command;
  }

  /**
   * Starts one, and waits until it answers.
   *
   * @param directory for its files; created
   * @param rules the rules to evaluate
   * @param target the port of the server to scrape
   */
  static Prometheus start(Path directory, Path rules, int target) throws IOException {
    Files.createDirectories(directory);
    Path data = Files.createTempDirectory(directory, "data");
    Path configuration =
        Files.writeString(
            data.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: [%s]
            scrape_configs:
              - job_name: refdata
                static_configs: [{targets: ["127.0.0.1:%d"]}]
            """
                .formatted(rules.toAbsolutePath().normalize(), target));
    String address = "127.0.0.1:" + FreePort.any();
    Process process =
        new ProcessBuilder(
                command(
                    PROGRAM,
                    "--config.file=" + configuration,
                    "--storage.tsdb.path=" + data.resolve("tsdb"),
                    "--web.listen-address=" + address,
                    "--log.level=warn"))
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("prometheus.log").toFile())
            .start();
    Prometheus started = new Prometheus(process, URI.create("http://" + address));
    try {
      await("Prometheus is ready")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> started.send("/-/ready").statusCode() == 200);
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
    return started;
  }

  /** The number of times that it has scraped the server. */
  int scrapes() throws IOException, InterruptedException {
    JsonNode counts = query("sum_over_time(up{job=\"refdata\"}[1h])");
    return counts.isEmpty() ? 0 : counts.get(0).get("value").get(1).asInt();
  }

  /** Waits for a number of further scrapes. */
  void awaitScrapes(int number) throws IOException, InterruptedException {
    int before = scrapes();
    await("scrapes").atMost(PATIENCE).until(() -> scrapes() >= before + number);
  }

  /** The result of a query now: an array, empty if there is nothing. */
  JsonNode query(String query) throws IOException, InterruptedException {
    return data("/api/v1/query?query=" + URLEncoder.encode(query, UTF_8)).get("result");
  }

  /** Whether a query is one. */
  boolean parses(String query) throws IOException, InterruptedException {
    return send("/api/v1/format_query?query=" + URLEncoder.encode(query, UTF_8)).statusCode()
        == 200;
  }

  /** The data of an answer of its interface. */
  JsonNode data(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = send(path);
    JsonNode answer = JSON.readTree(response.body());
    if (response.statusCode() != 200) {
      throw new AssertionError(path + ": " + response.body());
    }
    return answer.get("data");
  }

  private HttpResponse<String> send(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(20)).build();
    return http.send(request, BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
