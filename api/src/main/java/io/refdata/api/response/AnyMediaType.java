package io.refdata.api.response;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/**
 * Lets JAX-RS match a request by its path and its method alone. Which form the client likes is
 * found out by {@link AcceptFilter} and {@link Format}: JAX-RS tells letters of other case, and
 * types with a parameter, from those that are meant.
 */
@Provider
@PreMatching
public class AnyMediaType implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    request.getHeaders().putSingle(HttpHeaders.ACCEPT, MediaType.WILDCARD);
  }
}
