package io.refdata.api.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.api.request.Sender;
import io.refdata.api.response.KeyedPage;
import io.refdata.api.response.Representation;
import io.refdata.api.response.WriteConditions;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.Datasets;
import io.refdata.persistence.layout.Layouts;
import io.refdata.persistence.sla.SlaState;
import io.refdata.persistence.sla.Slas;
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

/** The service level agreements, and how far they are kept. */
@Path("/monitoring/slas")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class SlaResource {
  @Inject private Slas slas;
  @Inject private Datasets datasets;
  @Inject private Layouts layouts;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    KeyedPage page = KeyedPage.of(Parameters.of(uri), uri);
    return page.of(
        slas.list(null, page.afterCode(), page.toRead()),
        SlaState::name,
        (sla, json) -> json.writePOJO(SlaView.of(sla)),
        request,
        uri);
  }

  @GET
  @Path("/{name}")
  public Response get(
      @PathParam("name") String name, @Context UriInfo uri, @Context Request request) {
    Parameters.of(uri).end();
    SlaState state = slas.find(PathCode.of(name)).orElseThrow(() -> new NoSuchItem("slas", name));
    return representation(state).read(request).build();
  }

  @PUT
  @Path("/{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(
      @PathParam("name") String name,
      InputStream body,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    Code wanted = PathCode.of(name);
    JsonNode object = Body.object(body);
    try {
      Slas.Written written =
          slas.put(
              wanted,
              SlaBody.parse(
                  wanted,
                  object,
                  new SlaBody.Existing(
                      dataset -> datasets.find(dataset).isPresent(),
                      layout -> layouts.find(layout).isPresent())),
              WriteConditions.of(headers),
              Sender.author(headers, security).by());
      return representation(written.state())
          .written(written.created() ? Representation.created(uri) : Response.ok())
          .build();
    } catch (Slas.TooManySlas e) {
      throw new Problem(ProblemType.CONFLICT, String.valueOf(e.getMessage()));
    }
  }

  @DELETE
  @Path("/{name}")
  public Response delete(
      @PathParam("name") String name, @Context HttpHeaders headers, @Context UriInfo uri) {
    Parameters.of(uri).end();
    slas.delete(PathCode.of(name), WriteConditions.of(headers));
    return Response.noContent().build();
  }

  private static Representation representation(SlaState state) {
    return Representation.item(state.version(), json -> json.writePOJO(SlaView.of(state)));
  }
}
