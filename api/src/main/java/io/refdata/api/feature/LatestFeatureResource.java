package io.refdata.api.feature;

import io.refdata.api.request.Parameters;
import io.refdata.api.response.Format;
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
import java.io.IOException;

/** The rows of a feature set as they are known now: what a trained model is asked with. */
@Path("/feature-sets/{code}/latest")
@Produces({
  MediaType.APPLICATION_JSON,
  "text/csv",
  "application/x-ndjson",
  Format.XLSX_TYPE,
  Format.PARQUET_TYPE
})
@ApplicationScoped
public class LatestFeatureResource {
  @Inject private FeatureRowResponses responses;

  @GET
  public Response get(
      @PathParam("code") String code, @Context UriInfo uri, @Context Request request)
      throws IOException {
    return responses.answer(code, RowsQuery.latest(Parameters.of(uri))).read(request).build();
  }
}
