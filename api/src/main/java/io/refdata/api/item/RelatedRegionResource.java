package io.refdata.api.item;

import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.Address;
import io.refdata.persistence.item.Condition;
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

/** The descendants and the ancestors of a region, at any depth, and the members of a group. */
@Path("/regions/{code}/{direction:descendants|ancestors|members}")
@Produces({
  MediaType.APPLICATION_JSON,
  "text/csv",
  "application/x-ndjson",
  Format.XLSX_TYPE,
  Format.PARQUET_TYPE
})
@ApplicationScoped
public class RelatedRegionResource {
  private static final Property PARENT = Catalogue.REGIONS.property("parent").orElseThrow();

  @Inject private ItemExchange exchange;

  @GET
  public Response list(
      @PathParam("code") String code,
      @PathParam("direction") String direction,
      @Context UriInfo uri,
      @Context Request request)
      throws IOException {
    Code region = PathCode.of(code);
    Parameters parameters = Parameters.of(uri);
    Delivery delivery = Delivery.of(parameters, Format.ALL);
    ListParameters related =
        switch (direction) {
          case "members" -> ListParameters.ofMembers(region, uri.getPath(), parameters);
          case "ancestors" -> all(uri, parameters).and(new Condition.AncestorOf(region));
          default -> all(uri, parameters).and(new Condition.Within(PARENT, region, null));
        };
    return exchange.list(
        related, delivery, null, new Address(Catalogue.REGIONS, null, region), uri, request);
  }

  private static ListParameters all(UriInfo uri, Parameters parameters) {
    return ListParameters.of(Catalogue.REGIONS, uri.getPath(), parameters);
  }
}
