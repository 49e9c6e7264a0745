package io.refdata.api.monitoring;

import io.refdata.api.request.Parameters;
import io.refdata.api.response.KeyedPage;
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
    KeyedPage page = KeyedPage.of(parameters, uri);
    return page.of(
        qualities.list(dataset, load, page.afterCode(), page.toRead()),
        DatasetQuality::dataset,
        (quality, json) -> json.writePOJO(QualityView.of(quality)),
        request,
        uri);
  }
}
