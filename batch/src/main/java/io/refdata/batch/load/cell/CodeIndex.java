package io.refdata.batch.load.cell;

import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.sql.BinaryCopy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The codes of a collection or of a code list as they were when the load began, their names if the
 * layout needs them, and the items that the load will create. The index is in memory, because a
 * file causes millions of look-ups.
 */
public final class CodeIndex {
  /**
   * The largest number of new items. They stay in memory until all lines are read and take about
   * 250 bytes each plus their names.
   */
  private static final long MAX_CREATED = Runtime.getRuntime().maxMemory() / 2_048;

  private final ItemSet set;
  private final boolean byName;
  private final Set<String> codes = new HashSet<>();
  private final Map<String, String> codeOf = new HashMap<>();
  private final Map<String, List<String>> ambiguous = new HashMap<>();
  private final Map<String, New> created = new LinkedHashMap<>();

  private record New(String name, boolean byName) {}

  private CodeIndex(ItemSet set, boolean byName) {
    this.set = set;
    this.byName = byName;
  }

  /**
   * @param byName whether items are also found by name
   */
  public static CodeIndex of(Jdbi jdbi, ItemSet set, boolean byName) {
    CodeIndex items = new CodeIndex(set, byName);
    Code list = set.list();
    String columns = byName ? "c.code, c.name" : "c.code, null";
    if (list == null) {
      items.read(
          jdbi, "select %s from %s c order by c.code".formatted(columns, set.type().table()), null);
    } else {
      items.read(
          jdbi,
          "select %s from ref.code c join ref.code_list l on l.id = c.list_id where l.code = :list order by c.code"
              .formatted(columns),
          list.value());
    }
    return items;
  }

  private void read(Jdbi jdbi, String sql, @Nullable String bound) {
    jdbi.useTransaction(
        handle -> {
          var query = handle.createQuery(sql).setFetchSize(10_000);
          if (bound != null) {
            query.bind("list", bound);
          }
          query
              .map(
                  (row, context) -> {
                    add(row.getString(1), row.getString(2));
                    return true;
                  })
              .stream()
              .forEach(added -> {});
        });
  }

  private void add(String code, @Nullable String name) {
    codes.add(code);
    if (byName && name != null) {
      String first = codeOf.putIfAbsent(name, code);
      if (first != null) {
        ambiguous.computeIfAbsent(name, same -> new ArrayList<>(List.of(first))).add(code);
      }
    }
  }

  synchronized boolean has(String code) {
    return codes.contains(code);
  }

  synchronized Optional<String> codeOf(String name) {
    return Optional.ofNullable(codeOf.get(name));
  }

  /** The codes of the items that have a name, if they are several; else none. */
  synchronized List<String> ambiguous(String name) {
    return ambiguous.getOrDefault(name, List.of());
  }

  /** The text, another than this one, from which the file has created the item of a code. */
  synchronized Optional<String> createdFromOther(String code, String text) {
    return Optional.ofNullable(created.get(code))
        .filter(item -> !item.byName())
        .map(New::name)
        .filter(name -> !name.equals(text));
  }

  /** Records a new item that has a code. */
  synchronized void createWithCode(String code, String name) {
    requireFew();
    created.put(code, new New(name, false));
    add(code, name);
  }

  /** Records a new item that has only a name, and returns a code derived from the name. */
  synchronized String createWithName(String name) {
    requireFew();
    String code = CodeFromName.of(name, this::has);
    created.put(code, new New(name, true));
    add(code, name);
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
