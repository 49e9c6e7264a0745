package io.refdata.api.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver of webhooks that checks their signatures, as one that was written by others would. */
final class AlertListener implements AutoCloseable {
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  /** The bodies whose signature was right. */
  final List<String> heard = new CopyOnWriteArrayList<>();

  /** The bodies whose signature was wrong. */
  final List<String> refused = new CopyOnWriteArrayList<>();

  private final HttpServer server;
  private volatile int status = 204;

  AlertListener() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/hook", this::answer);
    server.start();
  }

  String address() {
    return "http://localhost:" + server.getAddress().getPort() + "/hook";
  }

  /**
   * Sets the status that it answers from now on; what it does not answer by 204 it has not heard.
   */
  void answers(int status) {
    this.status = status;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean right =
        signature(
                exchange.getRequestHeaders().getFirst("webhook-id")
                    + "."
                    + exchange.getRequestHeaders().getFirst("webhook-timestamp")
                    + "."
                    + body)
            .equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
    int answer = right ? status : 401;
    if (answer == 204) {
      heard.add(body);
    } else if (!right) {
      refused.add(body);
    }
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  private static String signature(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(SECRET.substring("whsec_".length()));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The number of bodies of a status that it has heard about a rule. */
  long count(String rule, String status) {
    return heard.stream()
        .filter(body -> body.contains("\"alertname\":\"" + rule + "\""))
        .filter(body -> body.contains("\"status\":\"" + status + "\""))
        .count();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
