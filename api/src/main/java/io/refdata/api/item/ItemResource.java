package io.refdata.api.item;

import io.refdata.api.problem.Problem;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.persistence.item.Address;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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
  @Inject private ItemExchange exchange;

  @GET
  @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
  public Response list(
      @PathParam("collection") String collection, @Context UriInfo uri, @Context Request request)
      throws IOException {
    ItemSet items = items(collection);
    ListParameters parameters = ListParameters.of(items.type(), uri.getPath(), Parameters.of(uri));
    // The code list must exist: an empty list of codes is different from a code list that does not
    // exist.
    Address owner =
        items.list() == null ? null : new Address(Catalogue.CODE_LISTS, null, items.list());
    return exchange.list(parameters, items.list(), owner, uri, request);
  }

  @GET
  @Path("/{code}")
  public Response get(
      @PathParam("collection") String collection,
      @PathParam("code") String code,
      @Context UriInfo uri,
      @Context Request request) {
    return exchange.get(address(collection, code), uri, request);
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
    return exchange.put(address(collection, code), body, headers, security, uri);
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
    return exchange.patch(address(collection, code), body, headers, security, uri);
  }

  @DELETE
  @Path("/{code}")
  public Response delete(
      @PathParam("collection") String collection,
      @PathParam("code") String code,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri) {
    return exchange.delete(address(collection, code), headers, security, uri);
  }

  private static Address address(String collection, String code) {
    ItemSet items = items(collection);
    return new Address(items.type(), items.list(), PathCode.of(code));
  }

  private static ItemSet items(String collection) {
    return ItemSet.named(collection)
        .orElseThrow(() -> Problem.notFound("There is no collection " + collection + "."));
  }
}
