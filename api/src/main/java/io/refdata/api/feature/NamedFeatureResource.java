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

/** The rows of the feature sets of some codes, where clients look for datasets. */
@Path("/datasets/{code:forecasting|clustering|geo-enrichment}")
@Produces({
  MediaType.APPLICATION_JSON,
  "text/csv",
  "application/x-ndjson",
  Format.XLSX_TYPE,
  Format.PARQUET_TYPE
})
@ApplicationScoped
public class NamedFeatureResource {
  @Inject private FeatureRowResponses responses;

  @GET
  public Response get(
      @PathParam("code") String code, @Context UriInfo uri, @Context Request request)
      throws IOException {
    return responses.answer(code, RowsQuery.rows(Parameters.of(uri))).read(request).build();
  }
}
