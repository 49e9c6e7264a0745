package io.refdata.api.performance;

import io.refdata.api.problem.Problem;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.KeyedPage;
import io.refdata.api.route.Route;
import io.refdata.persistence.performance.PerformanceRun.AskedBy;
import io.refdata.persistence.performance.PerformanceRuns;
import io.refdata.persistence.upkeep.Schedules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;

/** The runs of the tests of the running system. */
@Path("/performance/runs")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class RunsResource {
  @Inject private PerformanceRuns runs;
  @Inject private PerformanceSuite suite;
  @Inject private MeasurePerformance task;
  @Inject private Schedules schedules;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    KeyedPage page = KeyedPage.of(Parameters.of(uri), uri);
    return page.of(
        runs.list(page.after(RunsResource::id), page.toRead()),
        run -> run.id().toString(),
        RunJson::write,
        request,
        uri);
  }

  private static Optional<UUID> id(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Begins a run, and sets the schedule if the body has one. */
  @POST
  public Response begin(InputStream body, @Context HttpHeaders headers, @Context UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    RunOrder order =
        Body.objectIfAny(body, headers.getMediaType())
            .map(RunOrder::parse)
            .orElseGet(RunOrder::all);
    if (order.every() != null) {
      schedules.set(task, order.every());
    } else if (order.never()) {
      schedules.remove(task);
    }
    UUID id = suite.begin(AskedBy.CALL, order.tests());
    return RunJson.report(
            runs.find(id).orElseThrow(() -> Problem.notFound("The run was deleted meanwhile.")))
        .written(Response.accepted().header("Location", Route.ROOT + "performance/runs/" + id))
        .build();
  }
}
