package io.refdata.persistence.history;

import io.refdata.domain.revision.Revision;
import io.refdata.persistence.history.Entries.Key;
import io.refdata.persistence.sql.Snapshot;
import io.refdata.persistence.sql.SqlText;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * All changes in the order of revisions, and within one revision by collection and code. A mirror
 * can follow this feed. Revision numbers of reference data rise in commit order, so no change can
 * appear before the position of a reader. A page costs one statement for the latest revision, one
 * for the keys, and one for each kind of things in it, all in one snapshot.
 */
@Dependent
public class ChangeFeed {
  private final Jdbi jdbi;

  @Inject
  public ChangeFeed(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The position of a reader.
   *
   * @param revision the last revision that it has read completely; with a collection and a code,
   *     the revision of which it has read up to these
   */
  public record Position(int revision, @Nullable String collection, @Nullable String code) {}

  /**
   * A part of the feed.
   *
   * @param more true if there are more entries already; if false, the reader has read all up to
   *     {@code latest}
   * @param latest the latest revision of the reference data
   */
  public record Page(List<Entry> entries, boolean more, int latest) {}

  /**
   * At most {@code limit} entries after a position.
   *
   * @param collections the collections to read; empty for all
   * @return empty if the position's revision does not exist yet
   */
  public Optional<Page> after(Position position, Set<String> collections, int limit) {
    return Snapshot.ask(
        jdbi,
        handle -> {
          Latest latest = latest(handle);
          return position.revision() > latest.ofAll()
              ? Optional.empty()
              : Optional.of(page(handle, position, collections, limit, latest.ofReferenceData()));
        });
  }

  private record Latest(int ofReferenceData, int ofAll) {}

  private static Latest latest(Handle handle) {
    return handle
        .createQuery(
            """
            select coalesce((select r.rev
                               from ref.revision r
                              where r.topic = :topic
                              order by r.at desc, r.rev desc
                              limit 1), 0),
                   coalesce((select max(r.rev) from ref.revision r), 0)
            """)
        .bind("topic", Revision.REFERENCE_DATA)
        .map((row, context) -> new Latest(row.getInt(1), row.getInt(2)))
        .one();
  }

  private static Page page(
      Handle handle, Position position, Set<String> collections, int limit, int latest) {
    List<String> kinds = new ArrayList<>();
    for (int i = 0; i < RecordedKinds.values().size(); i++) {
      RecordedKind recorded = RecordedKinds.values().get(i);
      if (collections.isEmpty()
          || collections.stream()
              .anyMatch(name -> RecordedKinds.named(name).equals(Optional.of(recorded)))) {
        kinds.add(keys(recorded, i, position, narrows(collections, recorded)));
      }
    }
    Query query =
        handle
            .createQuery(
                """
                select k.*, %s
                  from (%s) k
                  join ref.revision r on r.rev = k.rev
                 order by k.rev, k.collection, k.code
                 limit :limit
                """
                    .formatted(Key.OF_REVISION, String.join(" union all ", kinds)))
            .bind("since", position.revision())
            .bind("latest", latest)
            .bind("limit", limit + 1)
            .bindArray("collections", String.class, collections.toArray());
    // Not every position and not every choice of collections uses all bindings.
    query.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    query.bind("collection", position.collection()).bind("code", position.code());
    List<Key> keys = query.map((row, context) -> Key.read(row)).list();
    boolean more = keys.size() > limit;
    return new Page(new Entries(handle).of(more ? keys.subList(0, limit) : keys), more, latest);
  }

  /** True if a request is for only some of a kind's collections. */
  private static boolean narrows(Set<String> collections, RecordedKind recorded) {
    return recorded.isManyCollections()
        && !collections.isEmpty()
        && !collections.contains(recorded.collection());
  }

  /** SQL for the first keys of a kind after the position, as many as a page can hold. */
  private static String keys(
      RecordedKind recorded, int index, Position position, boolean narrowed) {
    boolean many = recorded.isManyCollections();
    return SqlText.of(
            """
            (select <key_columns>
               from <audit> a
              where <beyond> and a.rev <= :latest <and_named>
              order by a.rev, <by_collection>a.code
              limit :limit)\
            """)
        .with("key_columns", Key.columns(recorded, index))
        .with("audit", recorded.audit())
        .with("beyond", beyond(recorded, position))
        .with(
            "and_named", narrowed ? "and " + recorded.collectionSql() + " = any(:collections)" : "")
        .with("by_collection", many ? recorded.collectionSql() + ", " : "")
        .text();
  }

  private static String beyond(RecordedKind recorded, Position position) {
    if (position.collection() == null) {
      return "a.rev > :since";
    }
    if (recorded.isManyCollections()) {
      return "a.rev >= :since and (a.rev, %s, a.code) > (:since, :collection, :code)"
          .formatted(recorded.collectionSql());
    }
    int order = recorded.collection().compareTo(position.collection());
    return order < 0
        ? "a.rev > :since"
        : order > 0 ? "a.rev >= :since" : "(a.rev, a.code) > (:since, :code)";
  }
}
