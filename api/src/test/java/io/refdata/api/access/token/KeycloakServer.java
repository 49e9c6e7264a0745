package io.refdata.api.access.token;

import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.refdata.db.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Keycloak as a child process, with the realm of {@code realm.json}: a user for each role whose
 * password is its name. It is told by its command line alone; what it stores stays in its home.
 */
final class KeycloakServer {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final String ADMIN = "admin";
  private static final String BUILT = ".built";

  private final Path home;
  private final int port = FreePort.any();
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable Process process;

  /** A Keycloak that is unpacked already; it is built once, which takes half a minute. */
  KeycloakServer(Path home) throws IOException, InterruptedException {
    this.home = home;
    if (!Files.exists(home.resolve(BUILT))) {
      run("build", "--db=dev-file").waitFor();
      Files.createFile(home.resolve(BUILT));
    }
    forget(home.resolve("data"));
    Path realms = Files.createDirectories(home.resolve("data/import"));
    try (InputStream realm = KeycloakServer.class.getResourceAsStream("realm.json")) {
      Files.write(realms.resolve("realm.json"), Objects.requireNonNull(realm).readAllBytes());
    }
  }

  /** Deletes what an earlier run has stored. */
  private static void forget(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private Process run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/kc.sh").toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("output.log").toFile()));
    builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
    builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx512m");
    return builder.start();
  }

  /** Returns when it answers. */
  void start() throws IOException {
    Process started =
        run(
            "start",
            "--optimized",
            "--import-realm",
            "--http-enabled=true",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--http-management-port=" + FreePort.any(),
            "--hostname-strict=false",
            "--cache=local");
    process = started;
    Runtime.getRuntime().addShutdownHook(new Thread(() -> kill(started), "end Keycloak"));
    await()
        .atMost(DEADLINE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              if (!started.isAlive()) {
                throw new IllegalStateException("Keycloak has ended; see its output.log");
              }
              return get(issuer() + "/.well-known/openid-configuration").statusCode() == 200;
            });
  }

  /** The process ends. */
  void stop() throws InterruptedException {
    Process running = process;
    process = null;
    if (running != null) {
      running.destroy();
      if (!running.waitFor(20, TimeUnit.SECONDS)) {
        kill(running);
      }
    }
  }

  /** The process is a shell that waits for Java. */
  private static void kill(Process running) {
    running.descendants().forEach(ProcessHandle::destroyForcibly);
    running.destroyForcibly();
  }

  private String address() {
    return "http://127.0.0.1:" + port;
  }

  String issuer() {
    return address() + "/realms/refdata";
  }

  /** The access token of a user of a client. */
  String token(String client, String user) {
    return text(tokens("refdata", client, user), "access_token");
  }

  /** The ID token of a user of a client. */
  String idToken(String client, String user) {
    return text(tokens("refdata", client, user), "id_token");
  }

  private Map<String, Object> tokens(String realm, String client, String user) {
    return posted(
        realm,
        Map.of(
            "grant_type", "password",
            "client_id", client,
            "username", user,
            "password", user,
            "scope", "openid"));
  }

  /** The access token of a machine, by its own secret. */
  String machineToken() {
    return text(
        posted(
            "refdata",
            Map.of(
                "grant_type", "client_credentials",
                "client_id", "machine",
                "client_secret", "machine")),
        "access_token");
  }

  private Map<String, Object> posted(String realm, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return json(
        send(
            HttpRequest.newBuilder(
                    URI.create(address() + "/realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))));
  }

  /** Gives the realm a new key to sign with; the keys before stay published. */
  String addKey(String name, int priority) {
    String realm = text(json(admin("/admin/realms/refdata", null)), "id");
    String key =
        JSONObjectUtils.toJSONString(
            Map.of(
                "name",
                name,
                "providerId",
                "rsa-generated",
                "providerType",
                "org.keycloak.keys.KeyProvider",
                "parentId",
                realm,
                "config",
                Map.of("priority", List.of(Integer.toString(priority)))));
    HttpResponse<String> response = admin("/admin/realms/refdata/components", key);
    return response.headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<String> admin(String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address() + path))
            .header(
                "Authorization",
                "Bearer " + text(tokens("master", "admin-cli", ADMIN), "access_token"))
            .header("Content-Type", "application/json");
    return send(body == null ? request : request.POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> get(String address) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException("Keycloak: " + response + " " + response.body());
      }
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> json(HttpResponse<String> response) {
    try {
      return JSONObjectUtils.parse(response.body());
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Map<String, Object> members, String name) {
    return (String) Objects.requireNonNull(members.get(name));
  }
}
