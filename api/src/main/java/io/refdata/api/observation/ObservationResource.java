package io.refdata.api.observation;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.observation.ObservationResponses.Known;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.Sender;
import io.refdata.api.response.Format;
import io.refdata.api.response.Representation;
import io.refdata.api.response.StreamedResponse;
import io.refdata.domain.dataset.Dataset;
import io.refdata.persistence.push.Pushed;
import io.refdata.persistence.push.Pushes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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

/**
 * The observations of a dataset. JSON, and whatever has a limit, is put together in memory and can
 * be asked for again by its entity tag; CSV and NDJSON without a limit are streamed.
 */
@Path("/datasets/{code}/observations")
@Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
@ApplicationScoped
public class ObservationResource {
  private static final int DEFAULT_LIMIT = 100_000;
  @Inject private AskedDatasets datasets;
  @Inject private ObservationResponses answers;
  @Inject private Pushes pushes;

  @GET
  public Response get(
      @PathParam("code") String code, @Context UriInfo uri, @Context Request request) {
    Format form = Format.chosen();
    Parameters parameters = Parameters.of(uri);
    Known query = answers.at(ObservationQuery.parse(datasets.find(code, parameters), parameters));
    if (streamed(query, form)) {
      return stream(query, form);
    }
    return part(query, form).read(request, uri).build();
  }

  /** A few observations, merged before the answer. */
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
            dataset, push.rows(), push.content(), push.refused(), Sender.author(headers, security));
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
    for (Pushed.Refusal refusal : pushed.rejected()) {
      json.writeStartObject();
      json.writeNumberField("row", refusal.row());
      json.writeStringField("code", refusal.code());
      json.writeStringField("reason", refusal.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** For a selection that is too long for a URL. */
  @POST
  @Path("/query")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response query(
      @PathParam("code") String code,
      InputStream body,
      @Context UriInfo uri,
      @Context Request request)
      throws IOException {
    Parameters.of(uri).end();
    Format form = Format.chosen();
    Parameters parameters = Parameters.of(Body.object(body));
    Known query = answers.at(ObservationQuery.parse(datasets.find(code, parameters), parameters));
    return streamed(query, form)
        ? stream(query, form)
        : part(query, form).written(Response.ok()).build();
  }

  private static boolean streamed(Known query, Format form) {
    return form != Format.JSON && query.query().limit().isEmpty();
  }

  private Representation part(Known query, Format form) {
    ObservationResponses.Part part =
        answers.part(query, form, query.query().limit().orElse(DEFAULT_LIMIT));
    return Representation.part(part.bytes(), form.type(), part.next()).dependingOn(part.subjects());
  }

  private Response stream(Known query, Format form) {
    return StreamedResponse.of(out -> answers.stream(query, form, out), form);
  }
}
