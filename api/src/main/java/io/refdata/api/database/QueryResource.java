package io.refdata.api.database;

import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Representation;
import io.refdata.persistence.statistics.Queries;
import io.refdata.persistence.statistics.QueryStatistics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL statements of a span of time by their names, those that took most of the time first. */
@Path("/database/queries")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class QueryResource {
  @Inject private Queries queries;

  private record QueriesView(
      String window,
      @Nullable String missing,
      List<QueryStatistics> items,
      @Nullable String next) {}

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    Duration window = Window.of(parameters);
    int limit = parameters.limit();
    Delivery delivery = Delivery.ofJson(parameters);
    QueriesView view =
        new QueriesView(
            window.toString(), queries.missing().orElse(null), queries.list(window, limit), null);
    return Representation.of(json -> json.writePOJO(view))
        .delivered(delivery)
        .read(request)
        .build();
  }
}
