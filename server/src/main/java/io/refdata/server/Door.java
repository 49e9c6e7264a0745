package io.refdata.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.settings.Setting;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * The first handler of all requests, on the I/O thread, for as long as the port is open. It answers
 * probes itself. While the application has not started or is stopping, it answers all other
 * requests with 503, so that a client does not conclude that its resource does not exist. It
 * ignores a wish for another protocol ({@code Upgrade}), as any server may (RFC 9110, 7.8).
 */
final class Door implements HttpHandler {
  private static final JsonFactory JSON = new JsonFactory();
  private static final HttpString SERVER_TIMING = new HttpString("Server-Timing");
  private static final HttpString REQUEST_ID = new HttpString("X-Request-Id");
  private static final int LONGEST_REQUEST_ID = 200;
  private static final String RETRY_SECONDS = Setting.RETRY_AFTER.text();

  private final HttpHandler next;
  private final Health health;

  /**
   * @param next the handler for requests while the application runs
   */
  Door(HttpHandler next, Health health) {
    this.next = next;
    this.health = health;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    SafeHeaders.put(exchange);
    // An upgraded connection (h2c) would lead past this door; RFC 9113, 3.1, calls it obsolete.
    exchange.getRequestHeaders().remove(Headers.UPGRADE);
    HeaderValues coding = exchange.getRequestHeaders().get(Headers.TRANSFER_ENCODING);
    if (coding != null) {
      FewTrailers.bound(exchange);
      if (!isChunked(coding)) {
        refuseCoding(exchange);
        return;
      }
    }
    HealthQuestion question = HealthQuestion.at(exchange.getRequestPath());
    if (question != null) {
      answer(question, exchange);
    } else if (health.isServing()) {
      askForAnotherServer(exchange);
      next.handleRequest(exchange);
    } else {
      exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_SECONDS);
      problem(
          exchange,
          "unavailable",
          "The service cannot do this now",
          StatusCodes.SERVICE_UNAVAILABLE,
          health.isStopping()
              ? "The platform is stopping."
              : "The platform is starting; /health/ready tells how far it is.");
    }
  }

  /** Undertow takes any other coding for this one (RFC 9112, 6.1). */
  private static boolean isChunked(HeaderValues coding) {
    return coding.size() == 1 && coding.getFirst().equalsIgnoreCase("chunked");
  }

  private void refuseCoding(HttpServerExchange exchange) {
    exchange.setPersistent(false);
    problem(
        exchange,
        "malformed",
        "The request cannot be understood",
        StatusCodes.BAD_REQUEST,
        "Transfer-Encoding can be chunked only.");
  }

  private void answer(HealthQuestion question, HttpServerExchange exchange) {
    if (!exchange.getRequestMethod().equals(Methods.GET)
        && !exchange.getRequestMethod().equals(Methods.HEAD)) {
      exchange.getResponseHeaders().put(Headers.ALLOW, "GET, HEAD");
      problem(
          exchange,
          "method-not-allowed",
          "This cannot be done here",
          StatusCodes.METHOD_NOT_ALLOWED,
          "This can be read only.");
      return;
    }
    exchange.setStatusCode(
        question.isUp(health) ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE);
    send(exchange, "application/json", question.answer(health));
  }

  private void problem(
      HttpServerExchange exchange, String slug, String title, int status, String detail) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", "/problems/" + slug);
      json.writeStringField("title", title);
      json.writeNumberField("status", status);
      json.writeStringField("detail", detail);
      json.writeStringField("instance", exchange.getRequestURI());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    exchange.setStatusCode(status);
    send(exchange, "application/problem+json", text.toString());
  }

  /** Ends the connection after this response if the server is to end. */
  private void askForAnotherServer(HttpServerExchange exchange) {
    if (health.isLeaving()) {
      exchange.setPersistent(false);
    }
  }

  private void send(HttpServerExchange exchange, String type, String body) {
    askForAnotherServer(exchange);
    var headers = exchange.getResponseHeaders();
    headers.put(Headers.CONTENT_TYPE, type);
    headers.put(Headers.CACHE_CONTROL, "no-store");
    headers.put(
        SERVER_TIMING,
        "total;dur=0, db;dur=0;desc=\"0 statements\", encode;dur=0, cache;desc=\"bypass\"");
    String id = exchange.getRequestHeaders().getFirst(REQUEST_ID);
    if (id != null
        && id.length() <= LONGEST_REQUEST_ID
        && id.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      headers.put(REQUEST_ID, id);
    }
    EarlyAnswer.send(exchange, body);
  }
}
