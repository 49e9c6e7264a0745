package io.refdata.api.history;

import io.refdata.api.request.PathCode;
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

/** What became of a code of a code list, revision by revision. */
@Path("/code-lists/{list}/codes/{code}/history")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ListedCodeHistoryResource {
  @Inject private Histories histories;

  @GET
  public Response get(
      @PathParam("list") String list,
      @PathParam("code") String code,
      @Context UriInfo uri,
      @Context Request request) {
    return histories.of("code-lists/" + PathCode.of(list) + "/codes", code, uri, request);
  }
}
