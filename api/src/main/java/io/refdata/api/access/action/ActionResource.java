package io.refdata.api.access.action;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.KeyedPage;
import io.refdata.api.route.Route;
import io.refdata.domain.text.Digits;
import io.refdata.persistence.access.Action;
import io.refdata.persistence.access.Actions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Optional;

/** The actions on record, the newest first. */
@Path("/access/actions")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ActionResource {
  private static final int MAX_DIGITS = 18;

  @Inject private Actions actions;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    String by = parameters.one("by").orElse(null);
    Route action = parameters.oneOf("action", Route.class).orElse(null);
    KeyedPage page = KeyedPage.of(parameters, uri);
    return page.of(
        actions.list(
            by,
            action == null ? null : action.name(),
            page.after(ActionResource::id),
            page.toRead()),
        one -> Long.toString(one.id()),
        ActionResource::write,
        request,
        uri);
  }

  private static Optional<Long> id(String text) {
    return Digits.are(text, MAX_DIGITS) ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static void write(Action action, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("at", action.at().toString());
    json.writeStringField("action", action.action());
    json.writeStringField("method", action.method());
    json.writeStringField("path", action.path());
    if (action.status() == null) {
      json.writeNullField("status");
    } else {
      json.writeNumberField("status", action.status());
    }
    json.writeStringField("by", action.by());
    json.writeStringField("reason", action.reason());
    json.writeStringField("requestId", action.requestId());
    json.writeEndObject();
  }
}
