package io.refdata.api.response;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/**
 * Makes JAX-RS match a request by its path and its method alone. {@link AcceptFilter} and {@link
 * Format} choose the media type instead: JAX-RS does not match a type in upper case, or a type with
 * a parameter, with the type that the client means.
 */
@Provider
@PreMatching
public class AnyMediaType implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    request.getHeaders().putSingle(HttpHeaders.ACCEPT, MediaType.WILDCARD);
  }
}
