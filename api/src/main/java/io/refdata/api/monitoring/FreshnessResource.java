package io.refdata.api.monitoring;

import io.refdata.api.request.PageCursor;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Representation;
import io.refdata.domain.dataset.FreshnessState;
import io.refdata.persistence.monitoring.DatasetAge;
import io.refdata.persistence.monitoring.Freshness;
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

/** How fresh the datasets are. */
@Path("/monitoring/freshness")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class FreshnessResource {
  @Inject private Freshness freshness;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    String dataset = parameters.one("dataset").orElse(null);
    FreshnessState state = parameters.oneOf("state", FreshnessState.class).orElse(null);
    int limit = parameters.limit();
    String cursor = parameters.after().orElse(null);
    parameters.end();
    String list = parameters.identity(uri.getPath());
    String after = cursor == null ? "" : PageCursor.code(list, cursor).value();
    List<DatasetAge> found = freshness.list(dataset, state, after, limit + 1);
    List<DatasetAge> page = found.subList(0, Math.min(limit, found.size()));
    String next =
        found.size() > limit ? PageCursor.of(list, List.of(page.get(limit - 1).code())) : null;
    return Representation.page(page, (age, json) -> json.writePOJO(FreshnessView.of(age)), next)
        .read(request, uri)
        .build();
  }
}
