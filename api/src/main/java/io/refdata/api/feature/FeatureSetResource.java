package io.refdata.api.feature;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.api.request.Sender;
import io.refdata.api.response.KeyedPage;
import io.refdata.api.response.Representation;
import io.refdata.api.response.WriteConditions;
import io.refdata.domain.feature.FeatureSet;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.feature.FeatureSets;
import io.refdata.persistence.feature.FeatureSets.Written;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.revision.LastChanges;
import io.refdata.persistence.revision.LastModified;
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
import java.util.Optional;

/** The definitions of feature sets, in their newest version and in earlier ones. */
@Path("/feature-sets")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Transactional
public class FeatureSetResource {
  @Inject private FeatureSets sets;
  @Inject private LastChanges changes;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    KeyedPage page = KeyedPage.of(Parameters.of(uri), uri).modified(changes.ofReferenceData());
    return page.of(
        sets.list(page.after(Code::parse), page.toRead()),
        set -> set.code().value(),
        FeatureSetResource::write,
        request,
        uri);
  }

  @GET
  @Path("/{code}")
  public Response get(
      @PathParam("code") String code, @Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    Optional<Integer> version = parameters.whole(RowsQuery.VERSION, Integer.MAX_VALUE);
    parameters.end();
    Code wanted = PathCode.of(code);
    LastModified modified = changes.ofReferenceData();
    FeatureSet set =
        version
            .map(number -> sets.find(wanted, number))
            .orElseGet(() -> sets.find(wanted))
            .orElseThrow(() -> new NoSuchItem("feature-sets", code));
    return representation(set).modified(modified).read(request).build();
  }

  @PUT
  @Path("/{code}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response put(
      @PathParam("code") String code,
      InputStream body,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri)
      throws IOException {
    Parameters.of(uri).end();
    Written written =
        sets.put(
            PathCode.of(code),
            Body.object(body),
            WriteConditions.of(headers),
            Sender.author(headers, security));
    return representation(written.set())
        .written(written.created() ? Representation.created(uri) : Response.ok())
        .build();
  }

  @DELETE
  @Path("/{code}")
  public Response delete(
      @PathParam("code") String code,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri) {
    Parameters.of(uri).end();
    sets.delete(PathCode.of(code), WriteConditions.of(headers), Sender.author(headers, security));
    return Response.noContent().build();
  }

  private static Representation representation(FeatureSet set) {
    return Representation.item(set.version(), json -> write(set, json));
  }

  /** Writes code, name and version, then the members of the stored definition. */
  private static void write(FeatureSet set, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", set.code().value());
    json.writeStringField("name", set.name());
    json.writeNumberField(RowsQuery.VERSION, set.number());
    try (var members = Json.FACTORY.createParser(set.definition())) {
      members.nextToken();
      while (members.nextToken() == JsonToken.FIELD_NAME) {
        json.copyCurrentStructure(members);
      }
    }
    json.writeEndObject();
  }
}
