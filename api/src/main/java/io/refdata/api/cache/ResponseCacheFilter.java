package io.refdata.api.cache;

import io.refdata.api.response.EncodedRepresentation;
import io.refdata.api.response.Representation;
import io.refdata.persistence.freshness.Dependencies;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/** Keeps an answer, when all its headers are known, if it said what it rests on. */
@Provider
@Priority(0)
public class ResponseCacheFilter implements ContainerResponseFilter {
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
    PendingResponse fill = exchange.getAttachment(PendingResponse.KEY);
    Representation answer = exchange.getAttachment(Representation.GIVEN);
    EncodedRepresentation encoded = exchange.getAttachment(Representation.ENCODED);
    if (answer != null && encoded != null && response.getStatus() < 400) {
      keep(answer, encoded, fill, response);
    }
    if (fill != null) {
      // It is kept, or will never be: nobody waits until this client has read it.
      fill.end();
    }
  }

  private static void keep(
      Representation answer,
      EncodedRepresentation encoded,
      @Nullable PendingResponse fill,
      ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    Dependencies subjects = fill == null ? null : answer.subjects();
    if (fill != null && subjects != null) {
      fill.keep(
          new CachedResponse(
              encoded.bytes(),
              answer.type().toString(),
              encoded.gzip() ? "gzip" : null,
              encoded.opaqueTag(),
              text(headers, HttpHeaders.CACHE_CONTROL),
              text(headers, HttpHeaders.VARY),
              headers.containsKey(HttpHeaders.LINK) ? text(headers, HttpHeaders.LINK) : null,
              subjects.buckets(),
              fill.since()));
    }
  }

  private static String text(MultivaluedMap<String, Object> headers, String name) {
    return String.valueOf(headers.getFirst(name));
  }
}
