package io.refdata.api.history;

import io.refdata.domain.catalogue.ItemSet;
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

/** The history of an item, a code of a code list, a dataset or a layout, revision by revision. */
@Path("/{collection:" + ItemSet.PATH + "}/{code}/history")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class HistoryResource {
  @Inject private Histories histories;

  @GET
  public Response get(
      @PathParam("collection") String collection,
      @PathParam("code") String code,
      @Context UriInfo uri,
      @Context Request request) {
    return histories.of(collection, code, uri, request);
  }
}
