package io.refdata.api.response;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Accept;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a request whose {@code Accept} allows none of the media types of the resource, and names
 * these media types. If the URL names a {@code format}, the resource reads it.
 */
@Provider
public class AcceptFilter implements ContainerRequestFilter {
  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getUriInfo().getQueryParameters().containsKey(Format.NAME)) {
      return; // it goes first
    }
    Produces produces = resource.getResourceMethod().getAnnotation(Produces.class);
    requireAcceptable(
        produces == null ? resource.getResourceClass().getAnnotation(Produces.class) : produces);
  }

  private static void requireAcceptable(@Nullable Produces produces) {
    if (produces == null) {
      return;
    }
    requireAcceptable(
        ServletRequestContext.requireCurrent().getExchange(),
        Arrays.stream(produces.value()).map(MediaType::valueOf).toList());
  }

  /**
   * Requires that a client accepts one of some types.
   *
   * @throws Problem that names the types
   */
  public static void requireAcceptable(HttpServerExchange exchange, List<MediaType> types) {
    if (Accept.of(exchange).best(types).isEmpty()) {
      throw noneAcceptable(types);
    }
  }

  static Problem noneAcceptable(List<MediaType> types) {
    return new Problem(
        ProblemType.NOT_ACCEPTABLE,
        types.stream()
            .map(type -> type.getType() + "/" + type.getSubtype())
            .collect(Collectors.joining(", ", "This comes as ", " only.")));
  }
}
