package io.refdata.api.reference;

import io.refdata.api.problem.Problem;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.catalogue.Catalogue;
import io.refdata.persistence.reference.Address;
import io.refdata.reference.Code;
import io.refdata.reference.ItemType;
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

/** The collections of reference data. */
@Path("/{collection}")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ItemResource {
  @Inject private ItemExchange exchange;

  @GET
  @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
  public Response list(
      @PathParam("collection") String collection, @Context UriInfo uri, @Context Request request)
      throws IOException {
    ItemType<?> type = type(collection);
    return exchange.list(
        ListParameters.of(type, uri.getPath(), Parameters.of(uri)), null, uri, request);
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
    ItemType<?> type = type(collection);
    Code wanted = PathCode.of(code);
    return new Address(type, null, wanted);
  }

  private static ItemType<?> type(String collection) {
    return Catalogue.named(collection)
        .orElseThrow(() -> Problem.notFound("There is no collection " + collection + "."));
  }
}
