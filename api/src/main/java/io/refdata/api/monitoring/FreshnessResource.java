package io.refdata.api.monitoring;

import io.refdata.api.request.Parameters;
import io.refdata.api.response.KeyedPage;
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

/** The freshness of the datasets. */
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
    KeyedPage page = KeyedPage.of(parameters, uri);
    return page.of(
        freshness.list(dataset, state, page.afterCode(), page.toRead()),
        DatasetAge::code,
        (age, json) -> json.writePOJO(FreshnessView.of(age)),
        request,
        uri);
  }
}
