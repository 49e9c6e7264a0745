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

/** Caches a response, when its headers are complete, if it declares what it depends on. */
@Provider
@Priority(0)
public class ResponseCacheFilter implements ContainerResponseFilter {
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    HttpServerExchange exchange = ServletRequestContext.requireCurrent().getExchange();
    PendingResponse pending = exchange.getAttachment(PendingResponse.KEY);
    Representation representation = exchange.getAttachment(Representation.SELECTED);
    EncodedRepresentation encoded = exchange.getAttachment(Representation.ENCODED);
    if (representation != null && encoded != null && response.getStatus() < 400) {
      cache(representation, encoded, pending, response);
    }
    if (pending != null) {
      // From here on it is cached or never will be: other requests need not wait for this client.
      pending.complete();
    }
  }

  private static void cache(
      Representation representation,
      EncodedRepresentation encoded,
      @Nullable PendingResponse pending,
      ContainerResponseContext response) {
    MultivaluedMap<String, Object> headers = response.getHeaders();
    Dependencies dependencies = pending == null ? null : representation.dependencies();
    if (pending != null && dependencies != null) {
      pending.put(
          new CachedResponse(
              encoded.bytes(),
              representation.type().toString().intern(),
              encoded.gzip() ? "gzip" : null,
              encoded.opaqueTag(),
              // The same few texts in all responses.
              text(headers, HttpHeaders.CACHE_CONTROL).intern(),
              text(headers, HttpHeaders.VARY).intern(),
              headers.containsKey(HttpHeaders.LINK) ? text(headers, HttpHeaders.LINK) : null,
              representation.disposition(),
              representation.modified(),
              dependencies.buckets(),
              pending.since(),
              pending.durations()));
    }
  }

  private static String text(MultivaluedMap<String, Object> headers, String name) {
    return String.valueOf(headers.getFirst(name));
  }
}
