package io.refdata.api.response;

import io.refdata.api.route.Route;
import io.refdata.persistence.revision.LastModified;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.Methods;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A response of any length. It is written while its data is read, in constant memory. If it is
 * short, it is sent when it is complete, with an entity tag; the tag of a long one is not known
 * before it is sent, so it has none.
 */
public final class StreamedResponse {
  private StreamedResponse() {}

  /** The response to a request. */
  public static Response of(StreamingOutput body, Delivery delivery) {
    return of(body, delivery, null);
  }

  /**
   * The response to a request. The data is not even read if the client has it.
   *
   * @param modified when it changed last, as it was before the data is read; null if that is not
   *     known
   */
  public static Response of(
      StreamingOutput body, Delivery delivery, @Nullable LastModified modified) {
    HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
    boolean read = Route.isRead(exchange.getRequestMethod());
    Response.ResponseBuilder response =
        read && ReadConditions.isNotModified(exchange, modified)
            ? Response.notModified()
            : Response.ok(
                closeConnectionOnFailure(read ? tagged(body, delivery, modified) : body),
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
   * The same body with an entity tag, if it is short. Nothing of a longer one is read for a head.
   */
  private static StreamingOutput tagged(
      StreamingOutput body, Delivery delivery, @Nullable LastModified modified) {
    return out -> {
      ServletRequestContext context = ServletRequestContext.requireCurrent();
      boolean head = context.getExchange().getRequestMethod().equals(Methods.HEAD);
      ShortBody held = new ShortBody(head ? null : out);
      try {
        body.write(held);
      } catch (IOException | RuntimeException e) {
        if (!head || !held.isLong()) {
          throw e;
        }
      }
      if (held.isLong()) {
        out.flush();
      } else {
        send(
            Representation.part(held.whole(), delivery.format().type(), null),
            modified,
            context,
            out);
      }
    };
  }

  private static void send(
      Representation whole,
      @Nullable LastModified modified,
      ServletRequestContext context,
      OutputStream out)
      throws IOException {
    HttpServerExchange exchange = context.getExchange();
    HttpServletResponse response = (HttpServletResponse) context.getServletResponse();
    EncodedRepresentation encoded = whole.encoded(exchange);
    response.setHeader(HttpHeaders.ETAG, '"' + encoded.opaqueTag() + '"');
    if (ReadConditions.isNotModified(exchange, encoded.opaqueTag(), modified)) {
      out.write(new byte[0]); // What JAX-RS says of the response comes before the first write.
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    if (encoded.gzip()) {
      response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    response.setContentLength(encoded.bytes().length);
    out.write(encoded.bytes());
    out.flush();
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
