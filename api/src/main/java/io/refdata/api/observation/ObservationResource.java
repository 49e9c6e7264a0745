package io.refdata.api.observation;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.access.Role;
import io.refdata.api.cache.Reads;
import io.refdata.api.dataset.ShownPast;
import io.refdata.api.observation.ObservationResponses.ResolvedQuery;
import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.ReadRequest;
import io.refdata.api.request.Sender;
import io.refdata.api.request.SeriesAddress;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Format;
import io.refdata.api.response.Representation;
import io.refdata.api.response.StreamedResponse;
import io.refdata.api.route.Route;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.dataset.PublicDatasets;
import io.refdata.persistence.push.Pushed;
import io.refdata.persistence.push.Pushes;
import io.refdata.persistence.revision.LastChanges;
import io.refdata.persistence.revision.LastModified;
import io.refdata.settings.Setting;
import io.undertow.server.HttpServerExchange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.Consumes;
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
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The observations of a dataset. JSON, and any form with a limit, is built in memory and has an
 * entity tag for conditional requests. The other forms without a limit are streamed. {@code
 * shape=wide} is built in memory too.
 */
@Path("/datasets/{code}/observations")
@Produces({
  MediaType.APPLICATION_JSON,
  "text/csv",
  "application/x-ndjson",
  Format.XLSX_TYPE,
  Format.PARQUET_TYPE
})
@ApplicationScoped
public class ObservationResource {
  private static final int DEFAULT_LIMIT = (int) Setting.OBSERVATIONS_PAGE.number();
  @Inject private RequestedDatasets datasets;
  @Inject private ObservationResponses responses;
  @Inject private Pushes pushes;
  @Inject private LastChanges changes;
  @Inject private PublicDatasets publicDatasets;

  void publish(
      @Observes @Initialized(ApplicationScoped.class) ServletContext context, Reads reads) {
    reads.add(Route.OBSERVATIONS, this::read);
  }

  private Representation read(HttpServerExchange exchange, ReadRequest request) {
    Parameters parameters = Parameters.of(request.parameters());
    Delivery delivery = Delivery.ofObservations(exchange, parameters);
    return part(query(request.name(1), parameters, ShownPast.isWhole(exchange)), delivery);
  }

  private ResolvedQuery query(String code, Parameters parameters, boolean whole) {
    return responses.resolve(
        ObservationQuery.parse(
            datasets.find(code, parameters), parameters, other -> datasets.find(other, parameters)),
        whole);
  }

  @GET
  public Response get(
      @PathParam("code") String code, @Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    Delivery delivery = Delivery.ofObservations(parameters);
    ResolvedQuery query = query(code, parameters, ShownPast.isWhole());
    if (streamed(query, delivery)) {
      return stream(query, delivery);
    }
    return part(query, delivery).read(request, uri).build();
  }

  /** Merges a few observations before it responds. */
  @POST
  @Consumes({MediaType.APPLICATION_JSON, "application/x-ndjson"})
  @Produces(MediaType.APPLICATION_JSON)
  public Response push(
      @PathParam("code") String code,
      InputStream body,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri)
      throws IOException {
    Parameters parameters = Parameters.of(uri);
    parameters.end();
    Dataset dataset = datasets.find(code, parameters);
    boolean lines = !MediaType.APPLICATION_JSON_TYPE.isCompatible(headers.getMediaType());
    PushBody push = PushBody.read(dataset, body, lines);
    Pushed pushed =
        pushes.push(
            dataset,
            push.rows(),
            push.content(),
            push.rejected(),
            Sender.author(headers, security));
    return Representation.of(json -> write(pushed, json)).written(Response.ok()).build();
  }

  private static void write(Pushed pushed, JsonGenerator json) throws IOException {
    json.writeStartObject();
    if (pushed.revision() == null) {
      json.writeNullField("revision");
    } else {
      json.writeNumberField("revision", pushed.revision());
    }
    json.writeStringField(
        "recordedAt", pushed.recordedAt() == null ? null : pushed.recordedAt().toString());
    json.writeNumberField("inserted", pushed.inserted());
    json.writeNumberField("revised", pushed.revised());
    json.writeNumberField("unchanged", pushed.unchanged());
    json.writeArrayFieldStart("rejected");
    for (Pushed.RejectedRow refusal : pushed.rejected()) {
      json.writeStartObject();
      json.writeNumberField("row", refusal.row());
      json.writeStringField("code", refusal.code());
      json.writeStringField("reason", refusal.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Reads observations, with a selection that is too long for a URL. */
  @POST
  @Path("/query")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response query(
      @PathParam("code") String code,
      InputStream body,
      @Context UriInfo uri,
      @Context SecurityContext security)
      throws IOException {
    Parameters.of(uri).end();
    Parameters parameters = Parameters.of(Body.object(body));
    Delivery delivery = Delivery.ofObservations(parameters);
    requireReadable(parameters, security);
    try {
      ResolvedQuery query = query(code, parameters, ShownPast.isWhole());
      return streamed(query, delivery)
          ? StreamedResponse.of(out -> streamBody(query, delivery, out), delivery)
          : part(query, delivery).written(Response.ok()).build();
    } catch (UnansweredQuestion | Problem e) {
      throw Problem.ofBody(e);
    }
  }

  private void streamBody(ResolvedQuery query, Delivery delivery, OutputStream out)
      throws IOException {
    try {
      responses.stream(query, delivery, out);
    } catch (UnansweredQuestion | Problem e) {
      throw Problem.ofBody(e);
    }
  }

  /**
   * Requires that the caller may read the dataset of weights, if the body names one: who let the
   * request in has seen its address only.
   */
  private void requireReadable(Parameters parameters, SecurityContext security) {
    // Without aggregate, weight is a dimension, or a fault.
    List<String> weights =
        parameters.all("aggregate").isEmpty()
            ? List.of()
            : parameters.all("weight").stream().map(SeriesAddress::dataset).toList();
    boolean readable = security.isUserInRole(Role.READER.word()) || arePublic(weights);
    if (!readable) {
      throw new Problem(ProblemType.FORBIDDEN, "This needs the role reader.");
    }
  }

  private boolean arePublic(List<String> weights) {
    try {
      return publicDatasets.read().containsAll(weights);
    } catch (PublicDatasets.Unknown e) {
      throw new Problem(
          ProblemType.UNAVAILABLE, "It cannot be told now which datasets are public.");
    }
  }

  private static boolean streamed(ResolvedQuery query, Delivery delivery) {
    return delivery.format() != Format.JSON
        && !delivery.isWide()
        && query.query().limit().isEmpty();
  }

  private Representation part(ResolvedQuery query, Delivery delivery) {
    LastModified modified = modified(query);
    int limit =
        delivery.isWide()
            ? WideObservations.MAX_CELLS
            : query.query().limit().orElse(DEFAULT_LIMIT);
    ObservationResponses.Part part = responses.part(query, delivery, limit);
    Representation representation =
        Representation.part(part.bytes(), delivery.format().type(), part.next())
            .delivered(delivery)
            .modified(modified);
    // A file in Parquet has the licence of the provider in it too, so it is not kept.
    return delivery.format() == Format.PARQUET
        ? representation
        : representation.dependingOn(part.dependencies());
  }

  private Response stream(ResolvedQuery query, Delivery delivery) {
    return StreamedResponse.of(
        out -> responses.stream(query, delivery, out), delivery, modified(query));
  }

  /** Unknown for what was published by an instant: its revision was looked up before. */
  private @Nullable LastModified modified(ResolvedQuery query) {
    if (query.query().knownAt() != null && query.query().asOf() == null) {
      return null;
    }
    int id = Objects.requireNonNull(query.query().dataset().id());
    Dataset weights = query.query().weights();
    int other = weights == null ? id : Objects.requireNonNull(weights.id());
    return changes.of(query.query().asOf(), Revision.REFERENCE_DATA, id, other);
  }
}
