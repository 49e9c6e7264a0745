package io.refdata.api.history;

import io.refdata.api.problem.Problem;
import io.refdata.api.request.PageCursor;
import io.refdata.api.request.Parameters;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Representation;
import io.refdata.domain.text.Digits;
import io.refdata.persistence.history.ChangeFeed;
import io.refdata.persistence.history.ChangeFeed.Page;
import io.refdata.persistence.history.ChangeFeed.Position;
import io.refdata.persistence.history.Entry;
import io.refdata.persistence.history.History;
import io.refdata.persistence.revision.LastChanges;
import io.refdata.persistence.revision.LastModified;
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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The feed of changes, which mirrors poll. A mirror follows {@code next} until it is null. Then it
 * has all changes up to {@code latest}, which is the {@code since} of its next request.
 */
@Path("/changes")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ChangesResource {
  @Inject private ChangeFeed feed;
  @Inject private LastChanges changes;

  @GET
  public Response list(@Context UriInfo uri, @Context Request request) {
    Parameters parameters = Parameters.of(uri);
    int since = since(parameters);
    Set<String> collections = collections(parameters);
    int limit = parameters.limit();
    String cursor = parameters.after().orElse(null);
    Delivery delivery = Delivery.ofJson(parameters);
    String list = parameters.identity(uri.getPath());
    LastModified modified = changes.ofReferenceData();
    Page page =
        feed.after(position(since, list, cursor), collections, limit)
            .orElseThrow(() -> Problem.parameter("since", "is later than the latest revision"));
    String next = page.more() ? cursor(list, page.entries().get(limit - 1)) : null;
    return Representation.part(
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("items");
              for (Entry entry : page.entries()) {
                EntryJson.ofFeed(entry, json);
              }
              json.writeEndArray();
              json.writeStringField("next", next);
              json.writeNumberField("latest", page.latest());
              json.writeEndObject();
            },
            next)
        .delivered(delivery)
        .modified(modified)
        .read(request, uri)
        .build();
  }

  private static int since(Parameters parameters) {
    String since = parameters.one("since").orElse("0");
    if (!Digits.are(since, 9)) {
      parameters.fault("since", "must be a revision: a whole number, 0 for all changes");
      return 0;
    }
    return Integer.parseInt(since);
  }

  private static Set<String> collections(Parameters parameters) {
    Set<String> collections = new TreeSet<>();
    for (String names : parameters.all("collection")) {
      for (String name : names.split(",", -1)) {
        if (!History.isRecorded(name)) {
          parameters.fault("collection", "'" + name + "' is no collection");
        }
        collections.add(name);
      }
    }
    return collections;
  }

  private static Position position(int since, String list, @Nullable String cursor) {
    if (cursor == null) {
      return new Position(since, null, null);
    }
    List<@Nullable String> key = PageCursor.parse(list, 3, cursor);
    String collection = key.get(1);
    String code = key.get(2);
    if (collection == null || code == null) {
      throw PageCursor.wrong();
    }
    return new Position(Histories.number(key.get(0)), collection, code);
  }

  private static String cursor(String list, Entry last) {
    return PageCursor.of(
        list, List.of(Integer.toString(last.revision()), last.collection(), last.code()));
  }
}
