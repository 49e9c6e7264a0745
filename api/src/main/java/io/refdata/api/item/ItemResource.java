package io.refdata.api.item;

import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.domain.catalogue.ItemSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
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

/** The collections of reference data, and the codes of each code list. */
@Path("/{collection:" + ItemSet.PATH + "}")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ItemResource {
  private static final MediaType NDJSON = new MediaType("application", "x-ndjson");

  @Inject private ItemExchange exchange;

  @GET
  @Produces({
    MediaType.APPLICATION_JSON,
    "text/csv",
    "application/x-ndjson",
    Format.XLSX_TYPE,
    Format.PARQUET_TYPE
  })
  public Response list(
      @PathParam("collection") String collection, @Context UriInfo uri, @Context Request request)
      throws IOException {
    ItemSet items = ItemReads.items(collection);
    Parameters parameters = Parameters.of(uri);
    Delivery delivery = Delivery.of(parameters, Format.ALL);
    ListParameters list = ListParameters.of(items.type(), uri.getPath(), parameters);
    return exchange.list(list, delivery, items.list(), ItemReads.owner(items), uri, request);
  }

  @GET
  @Path("/{code}")
  public Response get(
      @PathParam("collection") String collection,
      @PathParam("code") String code,
      @Context UriInfo uri,
      @Context Request request) {
    return exchange.get(ItemReads.address(collection, code), uri, request);
  }

  @PUT
  @Path("/{code}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(
      @PathParam("collection") String collection,
      @PathParam("code") String code,
      InputStream body,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri)
      throws IOException {
    return exchange.put(ItemReads.address(collection, code), body, headers, security, uri);
  }

  @PATCH
  @Path("/{code}")
  @Consumes("application/merge-patch+json")
  public Response patch(
      @PathParam("collection") String collection,
      @PathParam("code") String code,
      InputStream body,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri)
      throws IOException {
    return exchange.patch(ItemReads.address(collection, code), body, headers, security, uri);
  }

  /**
   * Writes many items at once. {@code batch} is not an item here: an item may have that code all
   * the same, since nothing else is posted to items.
   */
  @POST
  @Path("/batch")
  public Response batch(
      @PathParam("collection") String collection,
      InputStream body,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri)
      throws IOException {
    MediaType type = headers.getMediaType();
    if (type != null
        && !type.isCompatible(MediaType.APPLICATION_JSON_TYPE)
        && !type.isCompatible(NDJSON)) {
      throw new NotSupportedException();
    }
    return exchange.batch(ItemReads.items(collection), body, headers, security, uri);
  }

  @DELETE
  @Path("/{code}")
  public Response delete(
      @PathParam("collection") String collection,
      @PathParam("code") String code,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri) {
    return exchange.delete(ItemReads.address(collection, code), headers, security, uri);
  }
}
