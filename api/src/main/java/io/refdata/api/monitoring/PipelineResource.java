package io.refdata.api.monitoring;

import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.api.response.KeyedPage;
import io.refdata.api.response.Representation;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.persistence.monitoring.Pipeline;
import io.refdata.persistence.monitoring.Pipelines;
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

/** The loads of each layout: the time of their steps, and what is slower than usual. */
@Path("/monitoring/pipelines")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class PipelineResource {
  @Inject private Pipelines pipelines;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    String layout = parameters.one("layout").orElse(null);
    KeyedPage page = KeyedPage.of(parameters, uri);
    return page.of(
        pipelines.list(layout, page.afterCode(), page.toRead()),
        Pipeline::layout,
        (pipeline, json) -> json.writePOJO(PipelineView.summary(pipeline)),
        request,
        uri);
  }

  @GET
  @Path("/{layout}")
  public Response get(
      @PathParam("layout") String layout, @Context UriInfo uri, @Context Request request) {
    Parameters.of(uri).end();
    Pipeline pipeline =
        pipelines
            .find(PathCode.of(layout).value())
            .orElseThrow(() -> new NoSuchItem("layouts", layout));
    return Representation.of(json -> json.writePOJO(PipelineView.whole(pipeline)))
        .read(request)
        .build();
  }
}
