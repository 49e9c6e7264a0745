package io.refdata.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.refdata.server.Health.Part;
import io.refdata.settings.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the application for a list, an item, a past item and a series over HTTP before the server is
 * called ready, so that the first client does not wait until classes are loaded and statements
 * prepared. It ends after a few rounds or {@link Setting#WARM_UP}, whichever is first; whatever
 * fails is left to the clients to find out.
 */
final class WarmUp implements Runnable {
  private static final Logger LOG = Logger.getLogger(WarmUp.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final int ROUNDS = 3;
  private static final List<String> COLLECTIONS = List.of("regions", "facilities");

  private final String api;
  private final Health health;
  private final long deadline;

  /**
   * @param listener the address that the server listens at
   */
  WarmUp(InetSocketAddress listener, Health health) {
    this.api = OwnAddress.of(listener) + "/api/v1/";
    this.health = health;
    this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Setting.WARM_UP.number());
  }

  @Override
  public void run() {
    try {
      for (int round = 0; round < ROUNDS && millisLeft() > 0; round++) {
        // The first round fills the caches, and the others go past them.
        ask(round == 0 ? "max-age=0" : "no-cache");
      }
    } finally {
      health.up(Part.WARM_UP);
    }
  }

  private void ask(String control) {
    for (String collection : COLLECTIONS) {
      Optional<String> code = first("code", collection + "?limit=50", control);
      if (code.isPresent()) {
        String item = collection + "/" + code.get();
        first("code", item, control);
        String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        first("code", item + "?asOf=" + now, control);
      }
    }
    first("code", "facilities?expand=region,organization,emissionSources", control);
    Optional<String> dataset = first("code", "datasets?limit=1", control);
    if (dataset.isPresent()) {
      String path = "datasets/" + dataset.get();
      Optional<String> series = first("key", path + "/series?limit=1", control);
      if (series.isPresent()) {
        first("key", path + "/observations?limit=100&key=" + series.get(), control);
      }
    }
  }

  /** The first value of a member in a response, encoded for a URL; empty if there is none. */
  private Optional<String> first(String member, String path, String control) {
    try {
      return Optional.ofNullable(read(member, path, control));
    } catch (IOException e) {
      LOG.debugf(e, "A request before the server is ready: %s", path);
      return Optional.empty();
    }
  }

  private @Nullable String read(String member, String path, String control) throws IOException {
    int millis = (int) millisLeft();
    if (millis <= 0) {
      return null;
    }
    var request = (HttpURLConnection) URI.create(api + path).toURL().openConnection(Proxy.NO_PROXY);
    request.setConnectTimeout(millis);
    request.setReadTimeout(millis);
    request.setRequestProperty("Accept", "application/json");
    request.setRequestProperty("Cache-Control", control);
    OwnCredential.addTo(request);
    try (InputStream body = request.getInputStream();
        JsonParser json = JSON.createParser(body)) {
      String value = null;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (value == null && token == JsonToken.VALUE_STRING && member.equals(json.currentName())) {
          value = URLEncoder.encode(json.getText(), StandardCharsets.UTF_8);
        }
      }
      return value;
    }
  }

  private long millisLeft() {
    return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
  }
}
