package io.refdata.api.access;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.access.Role;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Representation;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/**
 * The caller as the platform knows it: the name its changes will have, its roles, and until when
 * its credential is accepted.
 */
@Path("/access/me")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class CallerResource {
  @GET
  public Response me(@Context UriInfo uri, @Context Request request) {
    Parameters.of(uri).end();
    Caller caller = Caller.of(ServletRequestContext.requireCurrent().getExchange());
    return Representation.of(json -> write(caller, json)).read(request).build();
  }

  private static void write(Caller caller, JsonGenerator json) throws IOException {
    Instant until = caller.until();
    json.writeStartObject();
    json.writeStringField("name", caller.name());
    json.writeStringField("knownBy", caller.kind().name().toLowerCase(Locale.ROOT));
    json.writeArrayFieldStart("roles");
    for (String role : Role.words(caller.roles())) {
      json.writeString(role);
    }
    json.writeEndArray();
    json.writeStringField("until", until == null ? null : until.toString());
    json.writeEndObject();
  }
}
