package io.refdata.api.feature;

import io.refdata.api.dataset.DatasetResource;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.api.response.Format;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.persistence.dataset.Datasets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;

/**
 * The rows of the feature sets of some codes, where clients look for datasets. No dataset can be
 * created with such a code; one from before there were feature sets is answered as ever, and no
 * feature set can take its place.
 */
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
  @Inject private DatasetResource datasets;
  @Inject private Datasets stored;

  @GET
  public Response get(
      @PathParam("code") String code, @Context UriInfo uri, @Context Request request)
      throws IOException {
    RowsQuery query = RowsQuery.rows(Parameters.of(uri));
    try {
      return responses.answer(code, query).read(request).build();
    } catch (NoSuchItem noSet) {
      if (stored.find(PathCode.of(code)).isEmpty()) {
        throw noSet;
      }
      return datasets.get(code, uri, request);
    }
  }

  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(
      @PathParam("code") String code,
      InputStream body,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri)
      throws IOException {
    return datasets.put(code, body, headers, security, uri);
  }

  @DELETE
  public Response delete(
      @PathParam("code") String code,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri) {
    return datasets.delete(code, headers, security, uri);
  }
}
