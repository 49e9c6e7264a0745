package io.refdata.api.access.token;

import io.refdata.settings.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The OpenID Connect provider, asked for its keys. Redirects are not followed; answers are bounded
 * in size and time. It is for one thread at a time.
 */
final class Issuer {
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final int OK = 200;

  private final String name;
  private final @Nullable URI configured;
  private final Bounds bounds;
  private final HttpClient client;

  /** Where its keys are; null until it has said so, and again after they were not there. */
  private @Nullable URI discovered;

  /**
   * The bounds of an answer.
   *
   * @param connect how long a connection may take
   * @param answer how long the whole answer may take
   * @param bytes its length at most
   * @param keys keys in it at most
   */
  record Bounds(Duration connect, Duration answer, int bytes, int keys) {
    static Bounds ofSettings() {
      return new Bounds(
          Setting.ACCESS_KEYS_CONNECT_WAIT.time(),
          Setting.ACCESS_KEYS_ANSWER_WAIT.time(),
          (int) Setting.ACCESS_KEYS_BYTES.number(),
          (int) Setting.ACCESS_KEYS_MOST.number());
    }
  }

  /**
   * An issuer.
   *
   * @param name its {@code iss}
   * @param keys the address of its keys ({@code http}, {@code https} or {@code file}); empty if it
   *     has to say it itself
   */
  Issuer(String name, String keys, Bounds bounds) {
    this.name = name;
    this.configured = keys.isEmpty() ? null : URI.create(keys);
    this.bounds = bounds;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(bounds.connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /**
   * Its keys now.
   *
   * @throws IOException if it does not answer as it should
   */
  KeySet keys() throws IOException, InterruptedException {
    if (configured != null) {
      return KeySet.of(text(configured), bounds.keys());
    }
    URI address = discovered == null ? discover() : discovered;
    discovered = null;
    KeySet keys = KeySet.of(text(address), bounds.keys());
    discovered = address;
    return keys;
  }

  private URI discover() throws IOException, InterruptedException {
    String base = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    try {
      Map<String, Object> answer = JsonObject.of(text(URI.create(base + DISCOVERY)));
      if (!name.equals(answer.get("issuer"))) {
        throw new IOException("The issuer calls itself otherwise: " + answer.get("issuer"));
      }
      URI address = URI.create(String.valueOf(answer.get("jwks_uri")));
      if (!"https".equals(address.getScheme()) && !"http".equals(address.getScheme())) {
        throw new IOException("The issuer has no address of keys");
      }
      return address;
    } catch (ParseException | IllegalArgumentException e) {
      throw new IOException("The issuer does not describe itself", e);
    }
  }

  private String text(URI address) throws IOException, InterruptedException {
    if ("file".equals(address.getScheme())) {
      try (InputStream file = Files.newInputStream(Path.of(address))) {
        byte[] bytes = file.readNBytes(bounds.bytes() + 1);
        if (bytes.length > bounds.bytes()) {
          throw new IOException("The file has more than " + bounds.bytes() + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
      }
    }
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(bounds.answer())
            .header("Accept", "application/json")
            .header("User-Agent", "refdata")
            .build();
    // The timeout of a request ends with the header of the answer; get's ends with its last byte.
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, header -> new BoundedBody(bounds.bytes()));
    try {
      HttpResponse<String> response = answer.get(bounds.answer().toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != OK) {
        throw new IOException("The status of " + address + " is " + response.statusCode());
      }
      return response.body();
    } catch (ExecutionException e) {
      throw new IOException(address + " does not answer", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException(address + " does not answer in time", e);
    } finally {
      answer.cancel(true);
    }
  }
}
