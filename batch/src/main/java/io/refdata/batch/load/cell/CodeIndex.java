package io.refdata.batch.load.cell;

import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.layout.Source;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.persistence.layout.MatchedProperty;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.sql.BinaryCopy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The codes of a collection or of a code list as they were when the load began, what else the
 * layout finds them by, and the items that the load will create. The index is in memory, because a
 * file causes millions of look-ups.
 */
public final class CodeIndex {
  /**
   * The largest number of new items. They stay in memory until all lines are read and take about
   * 250 bytes each plus their names.
   */
  private static final long MAX_CREATED = Runtime.getRuntime().maxMemory() / 2_048;

  private final ItemSet set;
  private final Set<String> codes = new HashSet<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Found> found = new HashMap<>();
  private final boolean withNames;
  private final Map<String, New> created = new LinkedHashMap<>();

  private record New(String name, boolean byName) {}

  /** The codes of items by the text of a property. */
  private static final class Found {
    private final MatchedProperty property;
    private final Map<String, String> codeOf = new HashMap<>();
    private final Map<String, List<String>> ambiguous = new HashMap<>();

    Found(MatchedProperty property) {
      this.property = property;
    }

    void add(String text, String code) {
      String key = MatchedProperty.key(text);
      String first = codeOf.putIfAbsent(key, code);
      if (first != null) {
        ambiguous.computeIfAbsent(key, same -> new ArrayList<>(List.of(first))).add(code);
      }
    }
  }

  private CodeIndex(ItemSet set, Set<String> matches, boolean withNames) {
    this.set = set;
    this.withNames = withNames;
    matches.forEach(match -> found.put(match, new Found(MatchedProperty.of(set.type(), match))));
  }

  /** The properties of items that sources need. */
  public static final class Needs {
    private final Set<String> matches = new TreeSet<>();
    private boolean names;

    /** Adds what a source needs. */
    public Needs add(Source source) {
      if (source.match() != null) {
        matches.add(source.match());
      }
      names |= source.asCode();
      return this;
    }
  }

  public static CodeIndex of(Jdbi jdbi, ItemSet set, Needs needs) {
    return of(jdbi, List.of(set), needs);
  }

  /**
   * The codes of several sets whose items have the same type, such as two code lists.
   *
   * @param sets new items would be of the first
   */
  public static CodeIndex of(Jdbi jdbi, List<ItemSet> sets, Needs needs) {
    CodeIndex items = new CodeIndex(sets.get(0), needs.matches, needs.names);
    List<String> columns = new ArrayList<>(List.of("c.code", "c.name"));
    needs.matches.forEach(
        match -> columns.add("c." + items.found(match).property.property().column() + "::text"));
    sets.forEach(set -> items.read(jdbi, set, String.join(", ", columns)));
    return items;
  }

  private void read(Jdbi jdbi, ItemSet from, String selected) {
    Code list = from.list();
    if (list == null) {
      read(
          jdbi,
          "select %s from %s c order by c.code".formatted(selected, from.type().table()),
          null);
    } else {
      read(
          jdbi,
          "select %s from ref.code c join ref.code_list l on l.id = c.list_id where l.code = :list order by c.code"
              .formatted(selected),
          list.value());
    }
  }

  private Found found(String match) {
    return Objects.requireNonNull(found.get(match));
  }

  private void read(Jdbi jdbi, String sql, @Nullable String bound) {
    List<Found> lookedFor = new TreeMap<>(found).values().stream().toList();
    jdbi.useTransaction(
        handle -> {
          var query = handle.createQuery(sql).setFetchSize(10_000);
          if (bound != null) {
            query.bind("list", bound);
          }
          query
              .map(
                  (row, context) -> {
                    String code = row.getString(1);
                    addCode(code, row.getString(2));
                    for (int i = 0; i < lookedFor.size(); i++) {
                      Found by = lookedFor.get(i);
                      Optional.ofNullable(row.getString(i + 3))
                          .flatMap(by.property::keyOf)
                          .ifPresent(text -> by.add(text, code));
                    }
                    return true;
                  })
              .stream()
              .forEach(added -> {});
        });
  }

  private void addCode(String code, @Nullable String name) {
    codes.add(code);
    if (withNames && name != null) {
      names.put(code, name);
    }
  }

  private void addCreated(String code, String name) {
    addCode(code, name);
    Found byName = found.get(Source.NAME);
    if (byName != null) {
      byName.add(name, code);
    }
  }

  synchronized boolean has(String code) {
    return codes.contains(code);
  }

  synchronized Optional<String> codeOf(String match, String text) {
    return Optional.ofNullable(found(match).codeOf.get(MatchedProperty.key(text)));
  }

  /** The codes of the items that have a text as that property, if they are several; else none. */
  synchronized List<String> ambiguous(String match, String text) {
    return found(match).ambiguous.getOrDefault(MatchedProperty.key(text), List.of());
  }

  /**
   * The name of an item that a text has made, now or earlier: the one that its code is made from.
   */
  synchronized Optional<String> madeFrom(String code) {
    return Optional.ofNullable(names.get(code)).filter(name -> CodeFromName.as(name).equals(code));
  }

  /** Records a new item that has a code. */
  synchronized void createWithCode(String code, String name) {
    requireFew();
    created.put(code, new New(name, false));
    addCreated(code, name);
  }

  /** Records a new item that has only a name, and returns a code derived from the name. */
  synchronized String createWithName(String name) {
    requireFew();
    String code = CodeFromName.of(name, this::has);
    created.put(code, new New(name, true));
    addCreated(code, name);
    return code;
  }

  private void requireFew() {
    if (created.size() >= MAX_CREATED) {
      throw new InvalidLoad(
          "The file would create more than %,d new items of %s: load those first."
              .formatted(MAX_CREATED, set));
    }
  }

  /** Writes the new items to staging. */
  public void stage(Handle handle, StagingTables staging) throws SQLException {
    if (created.isEmpty()) {
      return;
    }
    try (BinaryCopy copy =
        new BinaryCopy(
            handle.getConnection(), staging.items() + " (collection, list, code, name, by_name)")) {
      for (Map.Entry<String, New> item : created.entrySet()) {
        copy.row(5)
            .text(set.type().collection())
            .text(set.list() == null ? null : set.list().value())
            .text(item.getKey())
            .text(item.getValue().name())
            .bool(item.getValue().byName());
      }
      copy.end();
    }
  }

  @Override
  public String toString() {
    return set.toString();
  }
}
