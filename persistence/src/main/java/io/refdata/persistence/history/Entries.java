package io.refdata.persistence.history;

import io.refdata.persistence.history.Entry.Operation;
import io.refdata.persistence.sql.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Finds the changes that led to recorded states, by their keys: one statement for each kind. */
final class Entries {
  /** A recorded state, and the revision that it began with. */
  record Key(
      RecordedKind recorded,
      String collection,
      String code,
      int id,
      int revision,
      Operation operation,
      Instant at,
      String by,
      @Nullable String reason,
      @Nullable String requestId,
      @Nullable Long load) {

    /**
     * The columns of a key over the states {@code a} of a kind, before {@link #OF_REVISION}.
     *
     * @param index the kind's index among the {@link RecordedKinds}
     */
    static String columns(RecordedKind recorded, int index) {
      return "%d as kind, %s as collection, a.code, a.id, a.rev, a.revtype"
          .formatted(index, recorded.collectionSql());
    }

    static final String OF_REVISION = "r.at, r.by, r.reason, r.request_id, r.load_id";

    static Key read(ResultSet row) throws SQLException {
      return new Key(
          RecordedKinds.values().get(row.getInt("kind")),
          row.getString("collection"),
          row.getString("code"),
          row.getInt("id"),
          row.getInt("rev"),
          Operation.of(row.getInt("revtype")),
          row.getObject("at", OffsetDateTime.class).toInstant(),
          row.getString("by"),
          row.getString("reason"),
          row.getString("request_id"),
          row.getObject("load_id", Long.class));
    }
  }

  private record State(int id, int revision) {}

  private final Handle handle;

  Entries(Handle handle) {
    this.handle = handle;
  }

  /** The entries of keys, in their order. */
  List<Entry> of(List<Key> keys) {
    Map<RecordedKind, List<Key>> kinds = new LinkedHashMap<>();
    keys.forEach(key -> kinds.computeIfAbsent(key.recorded(), none -> new ArrayList<>()).add(key));
    Map<RecordedKind, Map<State, List<Map<String, Object>>>> states = new HashMap<>();
    kinds.forEach((recorded, some) -> states.put(recorded, states(recorded, some)));
    return keys.stream()
        .map(
            key ->
                entry(
                    key,
                    Objects.requireNonNull(states.get(key.recorded()))
                        .getOrDefault(new State(key.id(), key.revision()), List.of())))
        .toList();
  }

  /** For each key its state, and the state before it if there is one. */
  private Map<State, List<Map<String, Object>>> states(RecordedKind recorded, List<Key> keys) {
    Map<State, List<Map<String, Object>>> states = new HashMap<>();
    handle
        .createQuery(
            SqlText.of(
                    """
                    select k.id, k.rev, <columns>
                      from unnest(:ids, :revs) as k(id, rev)
                     cross join lateral (
                           select * from <audit> a where a.id = k.id and a.rev <= k.rev
                            order by a.rev desc limit 2) a
                     order by k.id, k.rev, a.rev desc
                    """)
                .with("audit", recorded.audit())
                .with("columns", String.join(", ", recorded.columns()))
                .text())
        .bindArray("ids", Integer.class, keys.stream().map(Key::id).toArray())
        .bindArray("revs", Integer.class, keys.stream().map(Key::revision).toArray())
        .map(
            (row, context) ->
                states
                    .computeIfAbsent(
                        new State(row.getInt(1), row.getInt(2)), none -> new ArrayList<>())
                    .add(recorded.reader().read(row, 3)))
        .forEach(added -> {});
    return states;
  }

  private static Entry entry(Key key, List<Map<String, Object>> states) {
    Map<String, Object> state = states.get(0);
    Map<String, Object> before =
        switch (key.operation()) {
          case CREATED -> Map.of();
          case UPDATED -> states.size() > 1 ? states.get(1) : Map.of();
          case DELETED -> state;
        };
    Map<String, Object> after = key.operation() == Operation.DELETED ? Map.of() : state;
    return new Entry(
        key.revision(),
        key.at(),
        key.by(),
        key.reason(),
        key.requestId(),
        key.load(),
        key.operation(),
        key.collection(),
        key.code(),
        changes(before, after));
  }

  private static List<PropertyChange> changes(
      Map<String, Object> before, Map<String, Object> after) {
    Set<String> properties = new LinkedHashSet<>(after.keySet());
    properties.addAll(before.keySet());
    return properties.stream()
        .map(property -> new PropertyChange(property, before.get(property), after.get(property)))
        .filter(change -> !Objects.equals(change.from(), change.to()))
        .toList();
  }
}
