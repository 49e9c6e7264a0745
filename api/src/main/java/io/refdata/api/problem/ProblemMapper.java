package io.refdata.api.problem;

import io.refdata.api.route.Route;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers every failure of a resource with its problem. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  @Context private UriInfo uri;
  @Inject private Failures failures;

  @Override
  public Response toResponse(Throwable failure) {
    if (failure instanceof WebApplicationException web
        && web.getResponse().getStatus() < Response.Status.BAD_REQUEST.getStatusCode()) {
      return web.getResponse(); // no failure: the answer to OPTIONS
    }
    if (failure instanceof NotAllowedException && Route.of(uri.getRequestUri().getPath()) == null) {
      return toResponse(new NotFoundException()); // a name that is no collection
    }
    Problem problem = failures.problem(failure);
    Response.ResponseBuilder response =
        Response.status(problem.type().status())
            .type(ProblemJson.MEDIA_TYPE)
            .header("Cache-Control", "no-store")
            .entity(ProblemJson.encode(problem, uri.getRequestUri().getRawPath()));
    if (problem.type().passes()) {
      response.header("Retry-After", ProblemJson.RETRY_AFTER);
    }
    if (failure instanceof WebApplicationException web
        && web.getResponse().getHeaderString("Allow") != null) {
      response.header("Allow", web.getResponse().getHeaderString("Allow"));
    }
    return response.build();
  }
}
