package io.refdata.api.performance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.refdata.api.route.Route;
import io.refdata.api.timing.ServerTiming;
import io.refdata.server.OwnAddress;
import io.refdata.server.OwnCredential;
import io.refdata.settings.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;

/**
 * Requests of the server to itself, as a client sends them. They are sent by the thread that asks,
 * one after the other.
 */
final class OwnRequests {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Setting.PERFORMANCE_PATIENCE.time();
  private static final double NANOS_A_MILLISECOND = 1e6;

  private final String root;
  private final Pace pace;

  OwnRequests(Pace pace) {
    this.root =
        OwnAddress.current().orElseThrow(() -> new IllegalStateException("There is no listener"))
            + Route.ROOT;
    this.pace = pace;
  }

  /**
   * An answer.
   *
   * @param millis from the request to the last byte
   * @param statements the SQL statements that it took
   * @param cache what the response cache had to do with it: {@code hit}, {@code miss}, …
   */
  record Answer(double millis, int statements, String cache) {}

  /** Reads a document. */
  JsonNode read(String path) throws IOException {
    return pace.work(() -> JSON.readTree(body(send(path, "max-age=0"))));
  }

  /** Asks past the response cache. */
  Answer uncached(String path) throws IOException {
    return pace.work(() -> ask(path, "no-cache"));
  }

  /** Asks for what may be cached. */
  Answer cached(String path) throws IOException {
    return pace.work(() -> ask(path, "max-age=0"));
  }

  private Answer ask(String path, String control) throws IOException {
    long start = System.nanoTime();
    HttpURLConnection request = send(path, control);
    body(request);
    double millis = (System.nanoTime() - start) / NANOS_A_MILLISECOND;
    String timing = String.valueOf(request.getHeaderField(ServerTiming.NAME.toString()));
    return new Answer(millis, ServerTiming.statements(timing), ServerTiming.cacheOutcome(timing));
  }

  private HttpURLConnection send(String path, String control) throws IOException {
    var request =
        (HttpURLConnection) URI.create(root + path).toURL().openConnection(Proxy.NO_PROXY);
    int millis = (int) Math.max(1, Math.min(PATIENCE.toMillis(), pace.left().toMillis()));
    request.setConnectTimeout(millis);
    request.setReadTimeout(millis);
    request.setRequestProperty("Accept", "application/json");
    request.setRequestProperty("Cache-Control", control);
    OwnCredential.addTo(request);
    return request;
  }

  private static byte[] body(HttpURLConnection request) throws IOException {
    try {
      int status = request.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new IOException("it answered " + status);
      }
      try (InputStream body = request.getInputStream()) {
        return body.readAllBytes();
      }
    } catch (IOException e) {
      throw new IOException("GET %s: %s".formatted(request.getURL().getFile(), e.getMessage()), e);
    }
  }
}
