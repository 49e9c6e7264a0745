package io.refdata.api.response;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/**
 * A response of any length. It is written while its data is read, in constant memory, and has no
 * entity tag.
 */
public final class StreamedResponse {
  private StreamedResponse() {}

  /** The response to a GET. */
  public static Response of(StreamingOutput body, Format format) {
    return Response.ok(closeConnectionOnFailure(body), format.type())
        .header("Cache-Control", "private, no-cache")
        .header("Vary", "Accept, Accept-Encoding, Authorization")
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
