package io.refdata.api.response;

import io.refdata.api.request.AsOf;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * What was known at an instant never changes, so whoever asked for it may keep the answer. A
 * problem is none: the same question may have an answer later.
 */
@Provider
public class ImmutableResponses implements ContainerResponseFilter {
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    boolean answered = response.getStatus() == 200 || response.getStatus() == 304;
    if (answered && request.getUriInfo().getQueryParameters().containsKey(AsOf.NAME)) {
      response
          .getHeaders()
          .putSingle(HttpHeaders.CACHE_CONTROL, "private, max-age=31536000, immutable");
    }
  }
}
