package io.refdata.api.response;

import io.refdata.api.route.Route;
import io.refdata.persistence.revision.LastModified;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.Methods;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A response of any length. It is written while its data is read, in constant memory, and has no
 * entity tag.
 */
public final class StreamedResponse {
  private StreamedResponse() {}

  /** The response to a request. */
  public static Response of(StreamingOutput body, Delivery delivery) {
    return of(body, delivery, null);
  }

  /**
   * The response to a request. The data is not even read if the client has it, or asks for the head
   * only.
   *
   * @param modified when it changed last, as it was before the data is read; null if that is not
   *     known
   */
  public static Response of(
      StreamingOutput body, Delivery delivery, @Nullable LastModified modified) {
    HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
    boolean read = Route.isRead(exchange.getRequestMethod());
    boolean head = exchange.getRequestMethod().equals(Methods.HEAD);
    Response.ResponseBuilder response =
        read && ReadConditions.isNotModified(exchange, modified)
            ? Response.notModified()
            : Response.ok(
                head ? (StreamingOutput) OutputStream::flush : closeConnectionOnFailure(body),
                delivery.format().type());
    if (read && modified != null) {
      response.header(HttpHeaders.LAST_MODIFIED, ReadConditions.date(modified));
    }
    return response
        .header("Cache-Control", Representation.CACHE_CONTROL)
        .header("Vary", Representation.VARY)
        .header(HttpHeaders.CONTENT_DISPOSITION, delivery.disposition())
        .build();
  }

  /**
   * If writing fails after a part of the response is sent, the connection is closed. Otherwise the
   * client would take the part for a complete response.
   */
  private static StreamingOutput closeConnectionOnFailure(StreamingOutput body) {
    return out -> {
      boolean complete = false;
      try {
        body.write(out);
        complete = true;
      } finally {
        HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
        if (!complete && exchange.isResponseStarted()) {
          exchange.getConnection().close();
        }
      }
    };
  }
}
