package io.refdata.api.monitoring;

import io.refdata.api.request.PageCursor;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Representation;
import io.refdata.persistence.quality.LoadQualities;
import io.refdata.persistence.quality.LoadQualities.DatasetQuality;
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

/**
 * The quality of the datasets, each as of its latest load that is judged, or as of a certain one.
 */
@Path("/monitoring/quality")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class QualityResource {
  @Inject private LoadQualities qualities;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    String dataset = parameters.one("dataset").orElse(null);
    Long load = MonitoringParameters.load(parameters);
    int limit = parameters.limit();
    String cursor = parameters.after().orElse(null);
    parameters.end();
    String list = parameters.identity(uri.getPath());
    String after = cursor == null ? "" : PageCursor.code(list, cursor).value();
    List<DatasetQuality> found = qualities.list(dataset, load, after, limit + 1);
    List<DatasetQuality> page = found.subList(0, Math.min(limit, found.size()));
    String next =
        found.size() > limit ? PageCursor.of(list, List.of(page.get(limit - 1).dataset())) : null;
    return Representation.page(
            page, (quality, json) -> json.writePOJO(QualityView.of(quality)), next)
        .read(request, uri)
        .build();
  }
}
