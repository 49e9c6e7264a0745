package io.refdata.api.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.refdata.db.FreePort;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with small shares, pages of another origin, and a port for TLS. */
@SuppressWarnings("NullAway.Init")
@Tag("own-platform")
class GuardedServerIT {
  private static final String ORIGIN = "https://maps.example.org";
  private static final String PASSWORD = "for-a-test";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final HttpClient HTTP = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

  private static KillablePlatform platform;
  private static Path store;
  private static int tlsPort;

  @BeforeAll
  static void start(@TempDir Path home) throws Exception {
    store = home.resolve("server.p12");
    certificate("First", store);
    tlsPort = FreePort.any();
    platform =
        new KillablePlatform(
            home,
            Map.ofEntries(
                Map.entry("refdata.lists.at-a-time", "1"),
                Map.entry("refdata.lists.waiting", "2"),
                Map.entry("refdata.edits.at-a-time", "1"),
                Map.entry("refdata.edits.waiting", "1"),
                Map.entry("refdata.writes.wait", "PT1S"),
                Map.entry("refdata.reads.wait", "PT20S"),
                Map.entry("refdata.overload.after", "PT1M"),
                Map.entry("refdata.loads.queued", "1"),
                Map.entry("refdata.retry-after", "7"),
                Map.entry("refdata.http.cors-origins", ORIGIN),
                Map.entry("refdata.https.port", Integer.toString(tlsPort)),
                Map.entry("refdata.https.certificate", store.toString()),
                Map.entry("refdata.https.password", PASSWORD),
                Map.entry("refdata.http.parse-timeout", "3000"),
                Map.entry("refdata.https.renewal", "PT0.2S")));
  }

  @AfterAll
  static void stop() {
    if (platform != null) {
      platform.close();
    }
  }

  private static void certificate(String name, Path store) throws Exception {
    Files.deleteIfExists(store);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(keytool.exitValue()).isZero();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(platform.client().address(path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static void refused(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void oneKindOfRequestIsShedAndTheOthersAreServed() throws Exception {
    HttpRequest list = request("providers").header("Cache-Control", "no-cache").build();
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    try (Connection own = platform.connect();
        Statement statement = own.createStatement()) {
      own.setAutoCommit(false);
      statement.execute("lock table ref.provider in access exclusive mode");
      for (int i = 0; i < 3; i++) {
        waiting.add(HTTP.sendAsync(list, BodyHandlers.ofString()));
      }
      await().atMost(PATIENCE).until(() -> metric("refdata_share_waiting{share=\"lists\"} 2.0"));
      refused(send(request("units").header("Cache-Control", "no-cache")), 503);
      assertThat(metric("refdata_share_refused_total{share=\"lists\"} 1.0")).isTrue();
      for (String served : List.of("regions/FRA", "loads", "database/caches")) {
        HttpResponse<String> answer = send(request(served).header("Cache-Control", "no-cache"));
        assertThat(answer.statusCode()).as(served + answer.body()).isEqualTo(200);
      }
      assertThat(send(provider("BESIDE", "indicators")).statusCode()).isEqualTo(201);
      assertThat(send(request("nothing")).statusCode()).isEqualTo(404);
      assertThat(send(HttpRequest.newBuilder(health())).statusCode()).isEqualTo(200);
      own.rollback();
    }
    assertThat(waiting).allMatch(answer -> answer.join().statusCode() == 200);
  }

  private static URI health() {
    return platform.client().address("").resolve("/health/ready");
  }

  private static boolean metric(String line) throws Exception {
    return send(HttpRequest.newBuilder(health().resolve("/metrics"))).body().contains(line);
  }

  private static HttpRequest.Builder provider(String code, String collection) {
    return request(collection + "/" + code)
        .header("Content-Type", "application/json")
        .PUT(BodyPublishers.ofString("{\"name\": \"Guarded\"}"));
  }

  @Test
  void editsWaitForABoundedTime() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    try (Connection own = platform.connect();
        Statement statement = own.createStatement()) {
      own.setAutoCommit(false);
      statement.execute("select ref.lock_topic(0)");
      waiting.add(HTTP.sendAsync(provider("FIRST", "providers").build(), BodyHandlers.ofString()));
      await().atMost(PATIENCE).until(() -> metric("refdata_share_running{share=\"edits\"} 1.0"));
      // It waits for its turn for a second.
      refused(send(provider("SECOND", "providers")), 503);
      own.rollback();
    }
    assertThat(waiting.get(0).join().statusCode()).isEqualTo(201);
  }

  @Test
  void moreLoadsThanMayWaitAreRefused() throws Exception {
    PlatformClient client = platform.client();
    client.create("indicators/queued", "{\"name\": \"Queued\"}");
    client.yearly("QUEUED", "indicator=indicators");
    String csv = "indicator,time,value\nqueued,2020,1\n";
    long first;
    try (Connection own = platform.connect();
        Statement statement = own.createStatement()) {
      own.setAutoCommit(false);
      statement.execute(
          "select ref.lock_topic((select id from curated.dataset where code = 'QUEUED'))");
      first = client.send("into=datasets/QUEUED", BodyPublishers.ofString(csv)).get("id").asLong();
      HttpResponse<String> refused =
          send(
              request("loads?into=datasets/QUEUED")
                  .header("Content-Type", "text/csv")
                  .POST(BodyPublishers.ofString(csv)));
      refused(refused, 429);
      own.rollback();
    }
    assertThat(client.ended(first).get("state").asText()).isEqualTo("COMPLETED");
    assertThat(
            client.load("into=datasets/QUEUED", BodyPublishers.ofString(csv)).get("state").asText())
        .isEqualTo("COMPLETED");
  }

  @Test
  void pagesOfAnAllowedOriginMayRead() throws Exception {
    for (int i = 0; i < 2; i++) { // the second time from memory
      HttpHeaders headers = send(request("regions/FRA").header("Origin", ORIGIN)).headers();
      assertThat(headers.firstValue("Access-Control-Allow-Origin")).hasValue(ORIGIN);
      assertThat(headers.firstValue("Access-Control-Expose-Headers").orElseThrow())
          .contains("ETag", "Link", "Server-Timing");
      assertThat(headers.firstValue("Vary").orElseThrow()).contains("Origin", "Accept");
      assertThat(headers.firstValue("Access-Control-Allow-Credentials")).isEmpty();
      assertThat(
              send(request("regions/FRA").header("Origin", "https://evil.example.org"))
                  .headers()
                  .map())
          .doesNotContainKey("access-control-allow-origin");
    }
    HttpResponse<String> preflight =
        send(
            request("regions/FRA")
                .header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", "PATCH")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("PATCH");
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("Authorization");
    assertThat(preflight.headers().firstValue("Server-Timing")).isPresent();
  }

  @Test
  void pagesOfOtherOriginsMayNotWrite() throws Exception {
    for (String[] foreign :
        List.of(
            new String[] {"Origin", "https://evil.example.org"},
            new String[] {"Origin", "null"},
            new String[] {"Sec-Fetch-Site", "cross-site"},
            new String[] {"Sec-Fetch-Site", "same-site"})) {
      assertThat(send(write().header(foreign[0], foreign[1])).statusCode())
          .as(foreign[0])
          .isEqualTo(403);
    }
    platform.client().create("providers/ORIGINS", "{\"name\": \"Origins\"}");
    URI own = URI.create(request("regions/FRA").build().uri().toString());
    for (String[] known :
        List.of(
            new String[] {"Origin", ORIGIN},
            new String[] {"Origin", "https://" + own.getAuthority()},
            new String[] {"Sec-Fetch-Site", "same-origin"},
            new String[] {"Sec-Fetch-Site", "none"})) {
      assertThat(send(write().header(known[0], known[1])).statusCode()).isEqualTo(200);
    }
  }

  private static HttpRequest.Builder write() {
    return request("providers/ORIGINS")
        .header("Content-Type", "application/json")
        .PUT(BodyPublishers.ofString("{\"name\": \"Origins\"}"))
        .header("If-Match", "*");
  }

  @Test
  void everyAnswerHasTheHeadersOfSafety() throws Exception {
    for (String path :
        List.of(
            "/health/live",
            "/metrics",
            "/openapi",
            "/nothing",
            "/api/v1/regions/FRA",
            "/api/v1/regions/FRA",
            "/api/v1/regions",
            "/api/v1/loads",
            "/api/v1/regions?wrong=1")) {
      HttpHeaders headers = send(HttpRequest.newBuilder(health().resolve(path))).headers();
      assertThat(headers.allValues("X-Content-Type-Options")).as(path).containsExactly("nosniff");
      assertThat(headers.allValues("Content-Security-Policy"))
          .as(path)
          .containsExactly(
              "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
      assertThat(headers.allValues("Referrer-Policy")).as(path).containsExactly("no-referrer");
      assertThat(headers.firstValue("Strict-Transport-Security")).as(path).isEmpty();
      assertThat(headers.map().keySet())
          .as(path)
          .noneMatch(name -> name.startsWith("access-control-"));
    }
  }

  @Test
  void aBodyIsInChunksOrInNoCoding() throws Exception {
    for (String coding : List.of("xchunked", "gzip", "gzip, chunked", "identity", "\"chunked\"")) {
      assertThat(sent(head("Transfer-Encoding: " + coding) + "0\r\n\r\n"))
          .as(coding)
          .contains(" 400 ", "Transfer-Encoding can be chunked only.", "Connection: close");
    }
    assertThat(sent(head("Transfer-Encoding: Chunked", "Connection: close") + "0\r\n\r\n"))
        .contains(" 200 ");
  }

  @Test
  void whatGoesOnAfterABodyIsCutOff() {
    String line = "y".repeat(1 << 20);
    assertThatThrownBy(
            () -> sent(head("Transfer-Encoding: chunked") + "0\r\nX: " + line.repeat(64)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void thePlainPortHasNoHttp2() throws Exception {
    assertThat(sent("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0"))
        .doesNotContain("\0");
  }

  private static String head(String... headers) {
    return "GET /api/v1/regions/FRA HTTP/1.1\r\nHost: a\r\n"
        + String.join("\r\n", headers)
        + "\r\n\r\n";
  }

  /** What comes until the connection is closed, after a text was sent on it. */
  private static String sent(String text) throws IOException {
    try (Socket socket = new Socket(health().getHost(), health().getPort())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** The client of the JDK asks for HTTP/2 with its first request ({@code Upgrade: h2c}). */
  @Test
  void noConnectionLeadsPastTheDoor() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    assertThat(client.version()).isEqualTo(Version.HTTP_2);
    for (String path : List.of("/api/v1/regions/FRA", "/health/ready", "/api/v1/regions/FRA")) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(health().resolve(path)).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.version()).as(path).isEqualTo(Version.HTTP_1_1);
      assertThat(answer.headers().allValues("X-Content-Type-Options"))
          .as(path)
          .containsExactly("nosniff");
    }
  }

  @Test
  void tlsIsSpokenWithHttp2AndHttp11AndARenewedCertificateIsTakenUp() throws Exception {
    URI item = URI.create("https://localhost:" + tlsPort + "/api/v1/regions/FRA");
    for (Version version : Version.values()) {
      HttpClient client =
          HttpClient.newBuilder().version(version).sslContext(trusting(store)).build();
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(item).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.version()).isEqualTo(version);
      assertThat(answer.headers().allValues("Strict-Transport-Security"))
          .containsExactly("max-age=31536000");
      URI list = item.resolve("../regions");
      assertThat(
              client
                  .send(
                      HttpRequest.newBuilder(list).header("Accept", "text/csv").build(),
                      BodyHandlers.ofString())
                  .body())
          .contains("FRA");
      HttpResponse<String> written =
          client.send(
              HttpRequest.newBuilder(item.resolve("../indicators/BY_" + version))
                  .header("Content-Type", "application/json")
                  .PUT(BodyPublishers.ofString("{\"name\": \"By TLS\"}"))
                  .build(),
              BodyHandlers.ofString());
      assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
    }
    Path renewed = store.resolveSibling("renewed.p12");
    certificate("Second", renewed);
    Files.move(renewed, store, StandardCopyOption.REPLACE_EXISTING);
    SSLContext trusting = trusting(store);
    await().atMost(PATIENCE).ignoreExceptions().until(() -> shown(trusting).contains("Second"));
  }

  /** It would hold a place until its client leaves. */
  @Test
  void aConnectionWithoutAHandshakeIsClosed() throws Exception {
    try (Socket silent = new Socket("localhost", tlsPort)) {
      silent.setSoTimeout((int) PATIENCE.toMillis());
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void oldProtocolsAreNotSpoken() throws Exception {
    for (String protocol : List.of("TLSv1", "TLSv1.1")) {
      assertThatThrownBy(() -> shown(trusting(store), protocol))
          .isInstanceOfAny(SSLException.class, IllegalArgumentException.class);
    }
    assertThat(shown(trusting(store), "TLSv1.2")).contains("CN=");
    assertThat(shown(trusting(store), "TLSv1.3")).contains("CN=");
  }

  private static String shown(SSLContext context, String... protocols) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("localhost", tlsPort)) {
      if (protocols.length > 0) {
        socket.setEnabledProtocols(protocols);
      }
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }

  private static SSLContext trusting(Path store) throws Exception {
    KeyStore own = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", own.getCertificate("server"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
