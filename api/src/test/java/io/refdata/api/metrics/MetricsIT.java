package io.refdata.api.metrics;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.refdata.api.platform.PlatformClient;
import io.refdata.api.platform.PlatformForTests;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;

/** The metrics that Prometheus reads. */
@ArquillianTest
class MetricsIT {
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
  private static final int QUESTIONS = 21;
  private static final double MILLIS = 1e6;

  /**
   * The findings of promtool in names that are not ours: those of Agroal, Hibernate and the JVM.
   */
  private static final List<String> NAMED_BY_OTHERS =
      List.of("agroal_", "hibernate_", "jvm_", "process_", "system_", "http_server_");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static String metrics() {
    return get("/metrics").then().statusCode(200).extract().asString();
  }

  /** The value of a series; NaN if there is none. */
  private static double value(String series) {
    Matcher line =
        Pattern.compile("^" + Pattern.quote(series) + " (\\S+)$", Pattern.MULTILINE)
            .matcher(metrics());
    return line.find() ? Double.parseDouble(line.group(1)) : Double.NaN;
  }

  private static void awaitSeries(String... beginnings) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(metrics()).contains(beginnings));
  }

  private static String requests(String method, String uri, String status, String cache) {
    return "http_server_requests_seconds_count{cache=\"%s\",method=\"%s\",status=\"%s\",uri=\"%s\"}"
        .formatted(cache, method, status, uri);
  }

  @Test
  void itIsTheTextOfPrometheus() {
    given()
        .header("X-Request-Id", "scrape 7")
        .get("/metrics")
        .then()
        .statusCode(200)
        .header("Content-Type", equalTo("text/plain; version=0.0.4; charset=utf-8"))
        .header("Cache-Control", "no-store")
        .header("X-Request-Id", "scrape 7")
        .header("Server-Timing", containsString("0 statements"));
    given().head("/metrics").then().statusCode(200);
    given().post("/metrics").then().statusCode(405).header("Allow", "GET, HEAD");
    given().get("/metrics?name=x").then().statusCode(400).contentType("application/problem+json");
  }

  @Test
  void eachRequestIsCountedByAddressMethodStatusAndCache() throws Exception {
    PlatformForTests.client().create("units/METERED", "{\"name\": \"Metered\"}");
    String uri = "/api/v1/{collection}/{code}";
    String unit = "/api/v1/units/METERED";
    String tag = get(unit).header("ETag");
    double hits = value(requests("GET", uri, "200", "hit"));
    double revalidated = value(requests("GET", uri, "304", "revalidated"));
    for (int i = 0; i < 3; i++) {
      get(unit).then().statusCode(200);
    }
    given().header("If-None-Match", tag).get(unit).then().statusCode(304);
    given().header("Cache-Control", "no-cache").get(unit).then().statusCode(200);
    get("/api/v1/units/NOT_THERE").then().statusCode(404);
    get("/api/v1/nothing/at/all").then().statusCode(404);
    get("/api/v1/units?limit=%zz");
    assertThat(value(requests("GET", uri, "200", "hit"))).isEqualTo(hits + 3);
    assertThat(value(requests("GET", uri, "304", "revalidated"))).isEqualTo(revalidated + 1);
    // These are counted when their exchange is over, and the client may be faster.
    awaitSeries(
        requests("GET", uri, "200", "miss"),
        requests("GET", uri, "200", "bypass"),
        requests("GET", uri, "404", "miss"),
        requests("PUT", uri, "201", "none"),
        requests("GET", "unknown", "404", "none"));
  }

  @Test
  void aStreamHasDurationsOfItsOwn() {
    given().header("Accept", "text/csv").get("/api/v1/units").then().statusCode(200);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        value(
                            "http_server_streams_seconds_count{status=\"200\",uri=\"/api/v1/{collection}\"}"))
                    .isPositive());
  }

  /** The number of series stays, whatever clients make up. */
  @Test
  void aFloodOfMadeUpRequestsAddsNoSeries() throws Exception {
    for (int i = 0; i < 20; i++) {
      flood("a" + i);
    }
    long before = seriesOfRequests();
    for (int i = 0; i < 300; i++) {
      flood("b" + i);
    }
    assertThat(seriesOfRequests()).isEqualTo(before);
  }

  private static long seriesOfRequests() {
    return metrics().lines().filter(line -> line.startsWith("http_server_requests")).count();
  }

  private void flood(String name) throws IOException, InterruptedException {
    send("GET", "/api/v1/" + name);
    send("GET", "/api/v1/" + name + "/" + name + "?" + name + "=" + name);
    send("GET", "/" + name);
    send("GET", "/api/v1/units/" + name);
    send("GET", "/api/v1/units?" + name + "=1");
    send(name.toUpperCase(Locale.ROOT), "/api/v1/units/" + name);
    send("GET", "/api/v1/units?q=" + name, "X-Made-Up", name, "Accept", "x/" + name);
  }

  private void send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("%s:%d%s".formatted(RestAssured.baseURI, RestAssured.port, path)))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    http.send(request.build(), BodyHandlers.discarding());
  }

  @Test
  void itHasWhatOperatorsLookAt() throws Exception {
    PlatformClient client = PlatformForTests.client();
    client.create("regions/MTR", "{\"name\": \"Metered\", \"kind\": \"COUNTRY\"}");
    client.create("indicators/metered", "{\"name\": \"Metered\"}");
    client.yearly("METERED", "region=regions", "indicator=indicators");
    client.create(
        "layouts/metered",
        """
        {"into": "datasets/METERED", "time": {"column": "year"},
         "dimensions": {"region": {"column": "region"}, "indicator": {"constant": "metered"}},
         "value": {"column": "value"}}
        """);
    client.load("layout=metered", BodyPublishers.ofString("region,year,value\nMTR,2020,1\n"));
    client.push(
        "METERED",
        """
        {"observations": [{"key": "MTR.metered", "time": "2021", "value": 2}]}
        """);
    awaitSeries(
        "\nagroal_active_count ",
        "\nagroal_available_count ",
        "\nagroal_awaiting_count ",
        "\nagroal_max_used_count ",
        "\nagroal_creation_count_total ",
        "\nagroal_leak_detection_count_total ",
        "\nrefdata_pool_max ",
        "\nrefdata_pool_acquisition_seconds_bucket{le=\"0.001\"}",
        "\nrefdata_cache_entries{region=\"answers.items\"}",
        "\nrefdata_cache_bytes{region=\"series\"}",
        "\nrefdata_cache_bytes_max ",
        "\nrefdata_cache_hits_total{region=\"answers.lists\"}",
        "\nrefdata_cache_misses_total{region=\"io.refdata.domain.catalogue.Region\"}",
        "\nrefdata_cache_evictions_total{region=\"answers.past\"}",
        "\nrefdata_share_running{share=\"items\"}",
        "\nrefdata_share_waiting{share=\"lists\"}",
        "\nrefdata_share_refused_total{share=\"edits\"}",
        "\nrefdata_loads_total{status=\"completed\"}",
        "\nrefdata_loads_total{status=\"failed\"}",
        "\nrefdata_load_seconds_count ",
        "\nrefdata_load_rows_total{outcome=\"inserted\"}",
        "\nrefdata_loads_running ",
        "\nrefdata_loads_waiting ",
        "\nrefdata_load_oldest_waiting_seconds ",
        "\nrefdata_pushes_total{outcome=\"accepted\"}",
        "\nrefdata_pushed_observations_total{outcome=\"accepted\"}",
        "\nrefdata_task_runs_total{outcome=\"",
        "\nrefdata_task_failing{task=\"",
        "\nrefdata_task_last_success_timestamp_seconds{task=\"",
        "\nrefdata_statement_seconds_count{statement=\"",
        "\nrefdata_statement_seconds_sum{statement=\"",
        "\nrefdata_statement_max_seconds{statement=\"",
        "\nrefdata_database_up 1.0",
        "\nrefdata_database_size_bytes ",
        "\nrefdata_sample_age_seconds ",
        "\nrefdata_disk_free_bytes{what=\"payloads\"}",
        "\nrefdata_disk_total_bytes{what=\"payloads\"}",
        "\njvm_memory_used_bytes{",
        "\njvm_gc_",
        "\njvm_threads_live_threads ",
        "\nprocess_cpu_usage ",
        "\nprocess_files_open_files ",
        "\nprocess_uptime_seconds ",
        "\nsystem_cpu_usage ",
        "\nhibernate_");
  }

  @Test
  void aScrapeIsShort() {
    metrics();
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      long start = System.nanoTime();
      metrics();
      nanos.add(System.nanoTime() - start);
    }
    nanos.sort(null);
    assertThat(nanos.get(QUESTIONS / 2) / MILLIS).as("milliseconds, the median").isLessThan(200);
  }

  @Test
  void promtoolAgrees() throws Exception {
    assumeThat(PROMTOOL).isExecutable();
    Path text = Files.createTempFile("metrics", ".txt");
    try {
      Files.writeString(text, metrics());
      Process promtool =
          new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
              .redirectInput(text.toFile())
              .redirectErrorStream(true)
              .start();
      String found =
          new String(
              promtool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(promtool.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(found.lines().filter(line -> NAMED_BY_OTHERS.stream().noneMatch(line::startsWith)))
          .isEmpty();
    } finally {
      Files.delete(text);
    }
  }
}
