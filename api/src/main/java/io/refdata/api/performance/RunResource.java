package io.refdata.api.performance;

import io.refdata.api.problem.Problem;
import io.refdata.api.request.Accept;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Representation;
import io.refdata.persistence.performance.PerformanceRuns;
import io.refdata.persistence.performance.PerformanceRuns.Report;
import io.refdata.persistence.performance.ReportPage;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A run of the tests of the running system, as JSON or as a page to read and to print. */
@Path("/performance/runs/{id}")
@Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
@ApplicationScoped
public class RunResource {
  private static final MediaType HTML = new MediaType("text", "html", "UTF-8");

  /** The page has styles of its own, and nothing else. */
  private static final String POLICY =
      "default-src 'none'; style-src "
          + ReportPage.STYLE_SOURCE
          + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  @Inject private PerformanceRuns runs;

  @GET
  public Response get(@PathParam("id") String id, @Context UriInfo uri, @Context Request request) {
    Parameters.of(uri).end();
    Report report =
        id(id)
            .flatMap(runs::find)
            .orElseThrow(() -> Problem.notFound("There is no run " + id + "."));
    return isPageWanted()
        ? page(report).read(request).header("Content-Security-Policy", POLICY).build()
        : RunJson.report(report).read(request).build();
  }

  private static Representation page(Report report) {
    byte[] page = report.run().page(report.results()).getBytes(StandardCharsets.UTF_8);
    return Representation.part(page, HTML, null);
  }

  private static boolean isPageWanted() {
    return Accept.of(ServletRequestContext.requireCurrent().getExchange())
        .best(List.of(MediaType.APPLICATION_JSON_TYPE, MediaType.TEXT_HTML_TYPE))
        .filter(MediaType.TEXT_HTML_TYPE::equals)
        .isPresent();
  }

  private static Optional<UUID> id(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
