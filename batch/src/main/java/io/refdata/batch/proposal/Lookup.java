package io.refdata.batch.proposal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.batch.load.cell.CodeFromName;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Identifiers;
import io.refdata.persistence.layout.MatchedProperty;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The items of a set that texts of a file may name, read by one statement. */
final class Lookup {
  private static final int LONGEST_TEXT = 200;

  /** Properties by which no file names an item. */
  private static final Set<String> NO_NAMES =
      Set.of("description", "url", "licence", "dimension", "position", "scope", "version");

  private final ItemSet set;
  private final List<Property> properties = new ArrayList<>();
  private final Map<Way, Map<String, Item>> found = new LinkedHashMap<>();

  /**
   * An item.
   *
   * @param kind its kind, if it has one
   */
  record Item(String code, String name, @Nullable String kind) {}

  /**
   * A way in which a text names an item.
   *
   * @param match the property; null if it is the code
   * @param as how the text is changed before
   */
  record Way(@Nullable String match, @Nullable String as) {
    static final Way CODE = new Way(null, null);

    String changed(String text) {
      return "CODE".equals(as)
          ? CodeFromName.as(text)
          : "UPPER".equals(as) ? text.toUpperCase(Locale.ROOT) : text;
    }

    void putTo(ObjectNode source) {
      if (match != null) {
        source.put("match", match);
      }
      if (as != null) {
        source.put("as", as);
      }
    }

    @Override
    public String toString() {
      return (match == null ? "code" : match) + (as == null ? "" : " (as " + as + ")");
    }
  }

  private Lookup(ItemSet set) {
    this.set = set;
    for (Property property : set.type().shown()) {
      boolean text =
          property.kind() == PropertyKind.TEXT
              || property.kind() == PropertyKind.IDENTIFIERS
              || property.kind() == PropertyKind.CODE && !property.isListed();
      if (text && property != set.type().code() && !NO_NAMES.contains(property.name())) {
        properties.add(property);
      }
    }
    found.put(Way.CODE, new HashMap<>());
    found.put(new Way(null, "UPPER"), new HashMap<>());
    properties.forEach(
        property -> {
          if (property.kind() != PropertyKind.IDENTIFIERS) {
            found.put(new Way(property.name(), null), new HashMap<>());
          }
        });
    found.put(new Way(null, "CODE"), new HashMap<>());
  }

  /** Looks texts up. */
  static Lookup of(Jdbi jdbi, ItemSet set, Collection<String> texts) {
    Lookup lookup = new Lookup(set);
    Set<String> all = new LinkedHashSet<>();
    for (String text : texts) {
      if (text.length() <= LONGEST_TEXT) {
        all.add(text);
        all.add(text.toUpperCase(Locale.ROOT));
        all.add(CodeFromName.as(text));
        all.add(MatchedProperty.key(text));
      }
    }
    lookup.read(jdbi, all);
    return lookup;
  }

  private void read(Jdbi jdbi, Set<String> texts) {
    boolean kinds = set.type().shown("kind").isPresent();
    StringBuilder sql = new StringBuilder("select c.code, c.name");
    sql.append(kinds ? ", c.kind::text" : ", null::text");
    StringBuilder where = new StringBuilder("c.code = any(:texts)");
    for (Property property : properties) {
      String column = "c." + property.column();
      sql.append(", ").append(column).append("::text");
      where.append(" or ").append(condition(property, column));
    }
    sql.append(" from ").append(set.type().table()).append(" c");
    if (set.list() != null) {
      sql.append(" join ref.code_list l on l.id = c.list_id and l.code = :list");
    }
    sql.append(" where ").append(where).append(" order by c.code");
    jdbi.useHandle(
        handle -> {
          var query = handle.createQuery(sql.toString()).bindArray("texts", String.class, texts);
          if (set.list() != null) {
            query.bind("list", set.list().value());
          }
          query
              .map(
                  (row, context) -> {
                    Item item = new Item(row.getString(1), row.getString(2), row.getString(3));
                    addCode(item);
                    for (int i = 0; i < properties.size(); i++) {
                      add(properties.get(i), row.getString(i + 4), item);
                    }
                    return item;
                  })
              .list();
        });
  }

  private static String condition(Property property, String column) {
    return switch (property.kind()) {
      case IDENTIFIERS ->
          "exists (select from unnest(string_to_array(%s::text, ';')) i where split_part(i, ':', 2) = any(:texts))"
              .formatted(column);
      default -> "ltrim(%s::text, '0') = any(:texts) or %1$s::text = any(:texts)".formatted(column);
    };
  }

  private void addCode(Item item) {
    found.forEach(
        (way, items) -> {
          if (way.match() == null) {
            items.put(item.code(), item);
          }
        });
  }

  private void add(Property property, @Nullable String stored, Item item) {
    if (stored == null) {
      return;
    } else if (property.kind() != PropertyKind.IDENTIFIERS) {
      put(new Way(property.name(), null), stored, item);
      return;
    }
    Identifiers.parse(stored)
        .ifPresent(
            identifiers ->
                identifiers
                    .values()
                    .forEach(
                        (scheme, text) ->
                            put(new Way(property.name() + "." + scheme, null), text, item)));
  }

  private void put(Way way, String text, Item item) {
    found
        .computeIfAbsent(way, added -> new HashMap<>())
        .merge(
            MatchedProperty.key(text),
            item,
            (one, other) -> one.code().isEmpty() ? one : new Item("", "", null));
  }

  /** The ways in which texts may name an item, the usual ones first. */
  Set<Way> ways() {
    return found.keySet();
  }

  /** The item that a text names; empty if it names none, or several. */
  Optional<Item> find(Way way, String text) {
    String changed = way.changed(text);
    return Optional.ofNullable(
            found
                .getOrDefault(way, Map.of())
                .get(way.match() == null ? changed : MatchedProperty.key(changed)))
        .filter(item -> !item.code().isEmpty());
  }

  /** The way by which most texts name an item, and the part of them that do. */
  Best best(Collection<String> texts) {
    Best best = new Best(Way.CODE, 0);
    for (Way way : found.keySet()) {
      long named = texts.stream().filter(text -> find(way, text).isPresent()).count();
      double share = texts.isEmpty() ? 0 : (double) named / texts.size();
      best = share > best.share() ? new Best(way, share) : best;
    }
    return best;
  }

  /**
   * @param share the part of the texts that name an item
   */
  record Best(Way way, double share) {}

  ItemSet set() {
    return set;
  }
}
