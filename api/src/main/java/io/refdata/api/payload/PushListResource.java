package io.refdata.api.payload;

import com.fasterxml.jackson.core.JsonGenerator;
import io.refdata.api.problem.Problem;
import io.refdata.api.request.PageCursor;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Representation;
import io.refdata.domain.text.Digits;
import io.refdata.persistence.payload.IncomparableJson;
import io.refdata.persistence.payload.Push;
import io.refdata.persistence.payload.StoredPayloads;
import io.refdata.persistence.payload.StoredPayloads.Page;
import io.refdata.persistence.payload.StoredPayloads.Selection;
import io.refdata.settings.Setting;
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
import java.util.List;

/** The pushes as they came, newest first; those that contain an object, if one is given. */
@Path("/payloads")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class PushListResource {
  private static final long PAGE_BYTES = Setting.PAYLOADS_PAGE.number();

  @Inject private StoredPayloads stored;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    String contained = ContainedObject.of(parameters).orElse(null);
    int limit = parameters.limit();
    String after = parameters.after().orElse(null);
    Delivery delivery = Delivery.ofJson(parameters);
    String list = parameters.identity(uri.getPath());
    long before = after == null ? Long.MAX_VALUE : before(list, after);
    Page page = read(new Selection(contained, before, limit, PAGE_BYTES));
    List<Push> pushes = page.pushes();
    String next =
        page.more()
            ? PageCursor.of(list, List.of(Long.toString(pushes.get(pushes.size() - 1).id())))
            : null;
    return Representation.page(pushes, PushListResource::write, next)
        .delivered(delivery)
        .read(request, uri)
        .build();
  }

  private Page read(Selection selection) {
    try {
      return stored.pushes(selection);
    } catch (IncomparableJson e) {
      throw Problem.parameter(ContainedObject.NAME, String.valueOf(e.getMessage()));
    }
  }

  private static long before(String list, String cursor) {
    String id = PageCursor.only(list, cursor);
    if (!Digits.are(id, 18)) {
      throw PageCursor.wrong();
    }
    return Long.parseLong(id);
  }

  private static void write(Push push, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", push.id());
    json.writeStringField("receivedAt", push.receivedAt().toString());
    json.writeNumberField("bytes", push.bytes());
    json.writeStringField("into", push.into());
    json.writeFieldName("content");
    json.writeRawValue(push.content());
    json.writeEndObject();
  }
}
