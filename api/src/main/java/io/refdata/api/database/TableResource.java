package io.refdata.api.database;

import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Representation;
import io.refdata.persistence.statistics.TableStatistics;
import io.refdata.persistence.statistics.Tables;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The size of the database and of its tables, the largest first. */
@Path("/database/tables")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class TableResource {
  @Inject private Tables tables;

  private record TablesView(
      Tables.Size database, List<TableStatistics> items, @Nullable String next) {}

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    boolean partitions = parameters.flag("partitions");
    Delivery delivery = Delivery.ofJson(parameters);
    TablesView view = new TablesView(tables.size(), tables.list(partitions), null);
    return Representation.of(json -> json.writePOJO(view))
        .delivered(delivery)
        .read(request)
        .build();
  }
}
