package io.refdata.persistence.item.write;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.query.Sql;
import io.refdata.persistence.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQL that finds everything that refers to an item. Each way to refer to one has a part in it:
 * references, owners, codes of a list, dimensions of series, datasets.
 */
final class Referrers {
  private final Sql sql = new Sql();
  private final List<String> parts = new ArrayList<>();

  private Referrers() {}

  /** Finds up to three referrers of each kind, each like {@code facilities/ABC}. */
  static Sql of(ItemType<?> type, int id, Code code, @Nullable Code list) {
    Referrers referrers = new Referrers();
    for (ItemType<?> other : Catalogue.all()) {
      for (Property property : other.properties()) {
        referrers.addItems(other, property, type, id, code, list);
      }
    }
    referrers.addDatasets(type, id, code, list);
    return referrers.sql.add(String.join(" union all ", referrers.parts));
  }

  private void addItems(
      ItemType<?> other,
      Property property,
      ItemType<?> type,
      int id,
      Code code,
      @Nullable Code list) {
    String column = "i." + property.column();
    if (property.kind() == PropertyKind.REFERENCE && property.refersTo(type)) {
      // A reference of an item to itself does not prevent its deletion.
      String others = other == type ? " and i.id <> " + sql.bind(id) : "";
      parts.add(items(other, column + " = " + sql.bind(id) + others));
    } else if (property.refersTo(type)) {
      parts.add(
          items(other, "ref.keys(%s) && array[%s]::text[]".formatted(column, sql.bind(code))));
    } else if (list != null && property.lists().contains(list)) {
      parts.add(items(other, column + " = " + sql.bind(code)));
    }
  }

  private static String items(ItemType<?> other, String matches) {
    String name =
        other == Catalogue.CODES
            ? "'code-lists/' || (select l.code from ref.code_list l where l.id = i.list_id)"
                + " || '/codes/' || i.code"
            : "'" + other.collection() + "/' || i.code";
    return SqlText.of("(select <name> as referrer from <items> i where <matches> limit 3)")
        .with("name", name)
        .with("items", other.table())
        .with("matches", matches)
        .text();
  }

  private void addDatasets(ItemType<?> type, int id, Code code, @Nullable Code list) {
    String values = list == null ? type.collection() : "code-lists/" + list;
    parts.add(
        SqlText.of(
                """
                (select 'datasets/' || d.code || '/series/' || s.key
                   from curated.dataset d
                   join curated.series s on s.dataset_id = d.id
                  cross join lateral unnest(d.dimension_values) with ordinality as v (from_items, n)
                  where s.dimensions @> array[<code>]::text[]
                    and v.from_items = <values> and s.dimensions[v.n] = <code>
                  limit 3)\
                """)
            .with("code", sql.bind(code))
            .with("values", sql.bind(values))
            .text());
    if (type == Catalogue.CODE_LISTS) {
      parts.add(
          "(select 'datasets/' || d.code from curated.dataset d where %s = any(d.dimension_values)"
                  .formatted(sql.bind("code-lists/" + code))
              + " limit 3)");
    }
    if (type == Catalogue.PROVIDERS || type == Catalogue.UNITS) {
      parts.add(
          "(select 'datasets/' || d.code from curated.dataset d where d.%s = %s limit 3)"
              .formatted(type == Catalogue.UNITS ? "unit_id" : "provider_id", sql.bind(id)));
    }
  }
}
