package io.refdata.api.response;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** An answer of any length, written while it is read, in constant memory. It has no entity tag. */
public final class StreamedResponse {
  private StreamedResponse() {}

  /** The answer to a GET. */
  public static Response of(StreamingOutput body, Format form) {
    return Response.ok(wholeOrCut(body), form.type())
        .header("Cache-Control", "private, no-cache")
        .header("Vary", "Accept, Accept-Encoding, Authorization")
        .build();
  }

  /**
   * If it fails when part of it is on its way, the connection is closed: an answer that ended in
   * order would pass for a whole one.
   */
  private static StreamingOutput wholeOrCut(StreamingOutput body) {
    return out -> {
      boolean whole = false;
      try {
        body.write(out);
        whole = true;
      } finally {
        HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
        if (!whole && exchange.isResponseStarted()) {
          exchange.getConnection().close();
        }
      }
    };
  }
}
