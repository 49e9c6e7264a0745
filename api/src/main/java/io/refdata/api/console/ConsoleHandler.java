package io.refdata.api.console;

import io.refdata.api.metrics.RequestWatch;
import io.refdata.api.problem.EarlyProblem;
import io.refdata.api.problem.Problem;
import io.refdata.api.response.Coding;
import io.refdata.api.response.EntityTags;
import io.refdata.api.route.Route;
import io.refdata.api.timing.RequestId;
import io.refdata.api.timing.ServerTiming;
import io.refdata.settings.Setting;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Sends the files of the console from memory, on the I/O thread. A page of it runs only scripts of
 * this server, and asks only this server.
 */
final class ConsoleHandler implements HttpHandler {
  /**
   * The page makes no markup of texts and has no inline script or style. Pictures that it draws
   * itself are downloaded as {@code blob:}. The other headers of safety are on every response.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ";

  private static final HttpString CONTENT_SECURITY_POLICY =
      new HttpString("Content-Security-Policy");
  private static final Map<HttpString, String> ALWAYS =
      Map.of(
          new HttpString("Cross-Origin-Opener-Policy"),
          "same-origin",
          new HttpString("Permissions-Policy"),
          "camera=(), geolocation=(), microphone=()",
          Headers.CACHE_CONTROL,
          "no-cache",
          Headers.VARY,
          "Accept-Encoding");

  private final HttpHandler next;
  private final ConsoleFiles files;
  private final String embeddedPolicy =
      POLICY
          + "'self'"
          + (Setting.HTTP_CORS_ORIGINS.text().isEmpty()
              ? ""
              : " " + Setting.HTTP_CORS_ORIGINS.text().replace(',', ' '));

  ConsoleHandler(HttpHandler next, ConsoleFiles files) {
    this.next = next;
    this.files = files;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    ConsoleFile file =
        Route.isRead(exchange.getRequestMethod()) ? files.at(exchange.getRequestPath()) : null;
    if (file != null) {
      send(file, exchange);
    } else if (ConsoleFiles.isBelow(exchange.getRequestPath())) {
      // The server would lead from a folder of the WAR to its name with a slash behind it.
      RequestWatch.begin(exchange);
      EarlyProblem.send(exchange, Problem.notFound("The console has no such file."));
    } else {
      next.handleRequest(exchange);
    }
  }

  private void send(ConsoleFile file, HttpServerExchange exchange) {
    RequestWatch.begin(exchange);
    RequestId.echo(exchange);
    ServerTiming.bypassed(exchange);
    HeaderMap headers = exchange.getResponseHeaders();
    ALWAYS.forEach(headers::put);
    headers.put(
        CONTENT_SECURITY_POLICY,
        ConsoleFiles.isEmbedded(exchange.getRequestPath()) ? embeddedPolicy : POLICY + "'none'");
    boolean gzip = file.compresses(Coding.of(exchange));
    String tag = file.hash() + (gzip ? "-gzip" : "");
    headers.put(Headers.ETAG, '"' + tag + '"');
    HeaderValues known = exchange.getRequestHeaders().get(Headers.IF_NONE_MATCH);
    if (known != null && EntityTags.of(known).containWeakly(tag)) {
      exchange.setStatusCode(StatusCodes.NOT_MODIFIED).endExchange();
      return;
    }
    byte[] bytes = gzip && file.compressed() != null ? file.compressed() : file.bytes();
    headers.put(Headers.CONTENT_TYPE, file.type());
    if (gzip) {
      headers.put(Headers.CONTENT_ENCODING, "gzip");
    }
    headers.put(Headers.CONTENT_LENGTH, bytes.length);
    if (exchange.getRequestMethod().equals(Methods.HEAD)) {
      exchange.endExchange();
    } else {
      exchange.getResponseSender().send(ByteBuffer.wrap(bytes));
    }
  }
}
