package io.refdata.api.response;

import io.refdata.api.request.AsOf;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Lets clients cache responses to {@code asOf} for a year: the state at a past instant never
 * changes. Problems are not cached, because the same request may succeed later.
 */
@Provider
public class ImmutableResponses implements ContainerResponseFilter {
  /** The {@code Cache-Control} of past state. */
  public static final String CACHE_CONTROL = "private, max-age=31536000, immutable";

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    boolean succeeded = response.getStatus() == 200 || response.getStatus() == 304;
    if (succeeded && request.getUriInfo().getQueryParameters().containsKey(AsOf.NAME)) {
      response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL);
    }
  }
}
