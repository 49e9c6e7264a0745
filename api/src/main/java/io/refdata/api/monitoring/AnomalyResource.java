package io.refdata.api.monitoring;

import io.refdata.api.problem.Problem;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.Sender;
import io.refdata.api.response.KeyedPage;
import io.refdata.api.response.Representation;
import io.refdata.domain.text.Digits;
import io.refdata.persistence.quality.Anomalies;
import io.refdata.persistence.quality.Anomaly;
import io.refdata.persistence.quality.Anomaly.State;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
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
import java.util.Optional;

/** The values that are odd for their series, and the word of those who know that they are right. */
@Path("/monitoring/anomalies")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class AnomalyResource {
  private static final int MAX_DIGITS = 18;

  @Inject private Anomalies anomalies;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    String dataset = parameters.one("dataset").orElse(null);
    Long load = MonitoringParameters.load(parameters);
    State state = parameters.oneOf("state", State.class).orElse(null);
    KeyedPage page = KeyedPage.of(parameters, uri);
    return page.of(
        anomalies.list(dataset, load, state, page.after(AnomalyResource::id), page.toRead()),
        anomaly -> Long.toString(anomaly.id()),
        (anomaly, json) -> json.writePOJO(anomaly),
        request,
        uri);
  }

  private static Optional<Long> id(String text) {
    return Digits.are(text, MAX_DIGITS) ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  @GET
  @Path("/{id}")
  public Response get(@PathParam("id") String id, @Context UriInfo uri, @Context Request request) {
    Parameters.of(uri).end();
    return representation(found(id, id(id).flatMap(anomalies::find))).read(request).build();
  }

  /** Marks a value as right, or takes the mark away. */
  @PUT
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response mark(
      @PathParam("id") String id,
      InputStream body,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri,
      @Context Request request)
      throws IOException {
    Parameters.of(uri).end();
    AnomalyMark mark = AnomalyMark.parse(Body.object(body));
    // Refuses an If-Match of another state.
    representation(found(id, id(id).flatMap(anomalies::find))).read(request);
    String by = mark.reason() == null ? null : Sender.author(headers, security).by();
    Optional<Anomaly> marked = id(id).flatMap(number -> anomalies.mark(number, by, mark.reason()));
    return representation(found(id, marked)).written(Response.ok()).build();
  }

  private static Anomaly found(String id, Optional<Anomaly> anomaly) {
    return anomaly.orElseThrow(
        () ->
            Problem.notFound(
                "There is no anomaly " + id + "; it is gone if its value has changed."));
  }

  private static Representation representation(Anomaly anomaly) {
    return Representation.of(json -> json.writePOJO(anomaly));
  }
}
