package io.refdata.api.history;

import io.refdata.api.dataset.ShownPast;
import io.refdata.api.problem.Problem;
import io.refdata.api.request.AsOf;
import io.refdata.api.request.PageCursor;
import io.refdata.api.request.Parameters;
import io.refdata.api.request.PathCode;
import io.refdata.api.response.Delivery;
import io.refdata.api.response.Representation;
import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.revision.Revision;
import io.refdata.domain.text.Digits;
import io.refdata.persistence.history.Entry;
import io.refdata.persistence.history.History;
import io.refdata.persistence.item.Past;
import io.refdata.persistence.revision.LastChanges;
import io.refdata.persistence.revision.LastModified;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of the history of an item, a code, a dataset or a layout. */
@Dependent
class Histories {
  private final History history;
  private final AsOf asOf;
  private final ShownPast shown;
  private final LastChanges changes;

  @Inject
  Histories(History history, AsOf asOf, ShownPast shown, LastChanges changes) {
    this.history = history;
    this.asOf = asOf;
    this.shown = shown;
    this.changes = changes;
  }

  Response of(String collection, String code, UriInfo uri, Request request) {
    if (!History.isRecorded(collection)) {
      throw Problem.notFound("There is no collection " + collection + ".");
    }
    Parameters parameters = Parameters.of(uri);
    int limit = parameters.limit();
    String cursor = parameters.after().orElse(null);
    AsOf.check(parameters);
    Delivery delivery = Delivery.ofJson(parameters);
    Past past = asOf.of(uri);
    LastModified modified =
        changes.of(AsOf.instant(uri.getQueryParameters()), Revision.REFERENCE_DATA);
    String list = past == null ? uri.getPath() : uri.getPath() + past;
    Integer before =
        cursor != null
            ? (Integer) revision(list, cursor)
            : past == null ? null : (Integer) (past.revision() + 1);
    Code wanted = PathCode.of(code);
    int since = collection.equals("datasets") ? shown.since(wanted) : 0;
    List<Entry> entries = history.of(collection, wanted, since, before, limit + 1);
    if (entries.isEmpty() && cursor == null) {
      throw new NoSuchItem(collection, code);
    }
    boolean more = entries.size() > limit;
    List<Entry> page = more ? entries.subList(0, limit) : entries;
    String next =
        more
            ? PageCursor.of(list, List.of(Integer.toString(page.get(limit - 1).revision())))
            : null;
    return Representation.page(page, EntryJson::ofHistory, next)
        .delivered(delivery)
        .modified(modified)
        .read(request, uri)
        .build();
  }

  private static int revision(String list, String cursor) {
    return number(PageCursor.only(list, cursor));
  }

  /** The revision in a cursor. */
  static int number(@Nullable String revision) {
    if (revision == null || !Digits.are(revision, 9)) {
      throw PageCursor.wrong();
    }
    return Integer.parseInt(revision);
  }
}
