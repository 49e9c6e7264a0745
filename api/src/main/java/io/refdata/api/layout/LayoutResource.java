package io.refdata.api.layout;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.refdata.api.request.Body;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.api.request.Sender;
import io.refdata.api.response.KeyedPage;
import io.refdata.api.response.Representation;
import io.refdata.api.response.WriteConditions;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.layout.Layout;
import io.refdata.persistence.json.Json;
import io.refdata.persistence.layout.Layouts;
import io.refdata.persistence.layout.Layouts.Written;
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

/** The layouts. */
@Path("/layouts")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
@Transactional
public class LayoutResource {
  @Inject private Layouts layouts;
  @Inject private LastChanges changes;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    KeyedPage page = KeyedPage.of(Parameters.of(uri), uri).modified(changes.ofReferenceData());
    return page.of(
        layouts.list(page.after(Code::parse), page.toRead()),
        layout -> layout.code().value(),
        LayoutResource::write,
        request,
        uri);
  }

  @GET
  @Path("/{name}")
  public Response get(
      @PathParam("name") String name, @Context UriInfo uri, @Context Request request) {
    Parameters.of(uri).end();
    LastModified modified = changes.ofReferenceData();
    Layout layout =
        layouts.find(PathCode.of(name)).orElseThrow(() -> new NoSuchItem("layouts", name));
    return representation(layout).modified(modified).read(request).build();
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
    Written written =
        layouts.put(
            wanted,
            Body.object(body),
            WriteConditions.of(headers),
            Sender.author(headers, security));
    return representation(written.layout())
        .written(written.created() ? Representation.created(uri) : Response.ok())
        .build();
  }

  @DELETE
  @Path("/{name}")
  public Response delete(
      @PathParam("name") String name,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context UriInfo uri) {
    Parameters.of(uri).end();
    layouts.delete(
        PathCode.of(name), WriteConditions.of(headers), Sender.author(headers, security));
    return Response.noContent().build();
  }

  private static Representation representation(Layout layout) {
    return Representation.item(layout.version(), json -> write(layout, json));
  }

  /** Writes the name, then the members of the stored definition. */
  private static void write(Layout layout, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", layout.code().value());
    try (var members = Json.FACTORY.createParser(layout.definition())) {
      members.nextToken();
      while (members.nextToken() == JsonToken.FIELD_NAME) {
        json.copyCurrentStructure(members);
      }
    }
    json.writeEndObject();
  }
}
