package io.refdata.api.reference;

import io.refdata.api.problem.Problem;
import io.refdata.api.request.AsOf;
import io.refdata.api.request.PathCode;
import io.refdata.catalogue.Catalogue;
import io.refdata.persistence.reference.ItemWriting.Address;
import io.refdata.persistence.reference.Items;
import io.refdata.reference.Code;
import io.refdata.reference.Item;
import io.refdata.reference.ItemType;
import io.refdata.reference.NoSuchItem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
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

/** The collections of reference data. */
@Path("/{collection}")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Transactional
public class ItemResource {
  @Inject private ItemExchange exchange;
  @Inject private Items items;
  @Inject private AsOf asOf;

  @GET
  public Response list(
      @PathParam("collection") String collection, @Context UriInfo uri, @Context Request request) {
    return exchange.list(type(collection), null, uri, request);
  }

  @GET
  @Path("/{code}")
  public Response get(
      @PathParam("collection") String collection,
      @PathParam("code") String code,
      @Context UriInfo uri,
      @Context Request request) {
    ItemType<?> type = type(collection);
    Item item =
        items
            .find(type, PathCode.of(code), asOf.of(uri))
            .map(found -> (Item) found)
            .orElseThrow(() -> new NoSuchItem(collection, code));
    return exchange.get(type, item, request);
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

  @DELETE
  @Path("/{code}")
  public Response delete(
      @PathParam("collection") String collection,
      @PathParam("code") String code,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return exchange.delete(address(collection, code), headers, security);
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
