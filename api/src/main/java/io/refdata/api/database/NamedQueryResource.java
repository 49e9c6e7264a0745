package io.refdata.api.database;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.problem.Problem;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Representation;
import io.refdata.persistence.statistics.Plans;
import io.refdata.persistence.statistics.Plans.Plan;
import io.refdata.persistence.statistics.Queries;
import io.refdata.persistence.statistics.Queries.SlowCall;
import io.refdata.persistence.statistics.QueryStatistics;
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
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL statements of one name: their texts, the slowest call, and its plan. */
@Path("/database/queries/{query}")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class NamedQueryResource {
  @Inject private Queries queries;
  @Inject private Plans plans;

  /**
   * @param texts as {@code pg_stat_statements} has them
   * @param slowest null if no call was slow
   * @param planMissing why there is no plan, if one was asked for
   */
  private record QueryView(
      String window,
      QueryStatistics statistics,
      @Nullable String missing,
      List<String> texts,
      @Nullable SlowCall slowest,
      @Nullable JsonNode plan,
      @Nullable String planMissing) {}

  @GET
  public Response get(
      @PathParam("query") String name, @Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    Duration window = Window.of(parameters);
    boolean analyze = parameters.flag("analyze");
    boolean plan = parameters.flag("plan") || analyze;
    parameters.end();
    QueryStatistics statistics =
        queries
            .find(name, window)
            .orElseThrow(
                () -> Problem.notFound("No statement " + name + " was sent within the window."));
    List<String> texts = queries.texts(name);
    SlowCall slowest = queries.slowest(name, window).orElse(null);
    Plan made = plan ? plan(slowest, texts, analyze) : new Plan(null, null);
    QueryView view =
        new QueryView(
            window.toString(),
            statistics,
            queries.missing().orElse(null),
            texts,
            slowest,
            made.json(),
            made.missing());
    return Representation.of(json -> json.writePOJO(view)).read(request).build();
  }

  /** The plan of the slowest call; where its values are unknown, that of the statement. */
  private Plan plan(@Nullable SlowCall slowest, List<String> texts, boolean analyze) {
    if (slowest != null) {
      Plan plan = plans.ofCall(slowest.text(), analyze);
      if (plan.json() != null || analyze || texts.isEmpty()) {
        return plan;
      }
    } else if (analyze) {
      return new Plan(null, "Only a slow call has its values stored, and there was none.");
    }
    return texts.isEmpty()
        ? new Plan(null, "The text of the statement is unknown.")
        : plans.ofText(texts.get(0));
  }
}
