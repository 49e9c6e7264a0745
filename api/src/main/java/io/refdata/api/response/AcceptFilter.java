package io.refdata.api.response;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Accept;
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
 * Refuses what a client would have in a form in which it does not come, and names those it does.
 */
@Provider
public class AcceptFilter implements ContainerRequestFilter {
  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Produces produces = resource.getResourceMethod().getAnnotation(Produces.class);
    require(
        produces == null ? resource.getResourceClass().getAnnotation(Produces.class) : produces);
  }

  private static void require(@Nullable Produces produces) {
    if (produces == null) {
      return;
    }
    List<MediaType> types = Arrays.stream(produces.value()).map(MediaType::valueOf).toList();
    Accept accept = Accept.of(ServletRequestContext.requireCurrent().getExchange());
    if (accept.best(types).isEmpty()) {
      throw none(types);
    }
  }

  static Problem none(List<MediaType> types) {
    return new Problem(
        ProblemType.NOT_ACCEPTABLE,
        types.stream()
            .map(type -> type.getType() + "/" + type.getSubtype())
            .collect(Collectors.joining(", ", "This comes as ", " only.")));
  }
}
