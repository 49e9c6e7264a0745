package io.refdata.api.monitoring;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.Sender;
import io.refdata.api.response.KeyedPage;
import io.refdata.api.response.Representation;
import io.refdata.api.route.Route;
import io.refdata.persistence.alert.AlertRules;
import io.refdata.persistence.alert.Silence;
import io.refdata.persistence.alert.Silences;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Silences: for some time, alerts with certain labels are not sent. */
@Path("/monitoring/silences")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class SilenceResource {
  @Inject private Silences silences;
  @Inject private AlertRules rules;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    KeyedPage page = KeyedPage.of(Parameters.of(uri), uri);
    return page.of(
        silences.list(page.after(SilenceResource::id), page.toRead()),
        silence -> silence.id().toString(),
        (silence, json) -> json.writePOJO(silence),
        request,
        uri);
  }

  @GET
  @Path("/{id}")
  public Response get(@PathParam("id") String id, @Context UriInfo uri, @Context Request request) {
    Parameters.of(uri).end();
    Silence silence = id(id).flatMap(silences::find).orElseThrow(() -> noSilence(id));
    return Representation.of(json -> json.writePOJO(silence)).read(request).build();
  }

  private static Problem noSilence(String id) {
    return Problem.notFound("There is no silence " + id + "; it may have ended.");
  }

  /** Begins a silence. */
  @POST
  public Response begin(
      InputStream body,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    SilenceBody wanted = SilenceBody.parse(Body.object(body), Instant.now(), rules.names());
    Silence silence =
        silences
            .begin(
                wanted.matchers(),
                wanted.until(),
                wanted.reason(),
                Sender.author(headers, security).by())
            .orElseThrow(
                () ->
                    new Problem(
                        ProblemType.CONFLICT,
                        "There are as many silences as refdata.alerts.silences allows."));
    return Representation.of(json -> json.writePOJO(silence))
        .written(
            Response.status(Response.Status.CREATED)
                .header("Location", Route.ROOT + "monitoring/silences/" + silence.id()))
        .build();
  }

  /** Ends a silence. Alerts that are still open are sent then. */
  @DELETE
  @Path("/{id}")
  public Response end(@PathParam("id") String id, @Context UriInfo uri) {
    Parameters.of(uri).end();
    if (!id(id).map(silences::end).orElse(false)) {
      throw noSilence(id);
    }
    return Response.noContent().build();
  }

  private static Optional<UUID> id(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
