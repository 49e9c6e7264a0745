package io.refdata.api.reference;

import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.catalogue.Catalogue;
import io.refdata.persistence.reference.Address;
import io.refdata.reference.Code;
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

/** The codes of a code list. */
@Path("/code-lists/{list}/codes")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ListedCodeResource {
  @Inject private ItemExchange exchange;

  @GET
  @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
  public Response list(
      @PathParam("list") String list, @Context UriInfo uri, @Context Request request)
      throws IOException {
    ListParameters parameters =
        ListParameters.of(Catalogue.CODES, uri.getPath(), Parameters.of(uri));
    return exchange.list(parameters, known(list, uri), uri, request);
  }

  @GET
  @Path("/{code}")
  public Response get(
      @PathParam("list") String list,
      @PathParam("code") String code,
      @Context UriInfo uri,
      @Context Request request) {
    return exchange.get(address(list, code), uri, request);
  }

  @PUT
  @Path("/{code}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(
      @PathParam("list") String list,
      @PathParam("code") String code,
      InputStream body,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri)
      throws IOException {
    return exchange.put(address(list, code), body, headers, security, uri);
  }

  @PATCH
  @Path("/{code}")
  @Consumes("application/merge-patch+json")
  public Response patch(
      @PathParam("list") String list,
      @PathParam("code") String code,
      InputStream body,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri)
      throws IOException {
    return exchange.patch(address(list, code), body, headers, security, uri);
  }

  @DELETE
  @Path("/{code}")
  public Response delete(
      @PathParam("list") String list,
      @PathParam("code") String code,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri) {
    return exchange.delete(address(list, code), headers, security, uri);
  }

  private static Address address(String list, String code) {
    return new Address(Catalogue.CODES, PathCode.of(list), PathCode.of(code));
  }

  /** An empty list of codes is not the same as no such list. */
  private Code known(String list, UriInfo uri) {
    Address address = new Address(Catalogue.CODE_LISTS, null, PathCode.of(list));
    exchange.require(address, uri);
    return address.code();
  }
}
