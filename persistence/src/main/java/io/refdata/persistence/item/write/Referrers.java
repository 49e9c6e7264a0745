package io.refdata.persistence.item.write;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.query.Sql;
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
    if (property.kind() == Property.Kind.REFERENCE && property.target() == type.entity()) {
      // A reference of an item to itself does not prevent its deletion.
      String others = other == type ? " and i.id <> " + sql.bind(id) : "";
      parts.add(items(other, column + " = " + sql.bind(id) + others));
    } else if (property.kind() == Property.Kind.OWNERS && property.target() == type.entity()) {
      parts.add(
          items(other, "ref.keys(%s) && array[%s]::text[]".formatted(column, sql.bind(code))));
    } else if (list != null && property.list().filter(list::equals).isPresent()) {
      parts.add(items(other, column + " = " + sql.bind(code)));
    }
  }

  private static String items(ItemType<?> other, String matches) {
    String name =
        other == Catalogue.CODES
            ? "'code-lists/' || (select l.code from ref.code_list l where l.id = i.list_id)"
                + " || '/codes/' || i.code"
            : "'" + other.collection() + "/' || i.code";
    return "(select %s as referrer from %s i where %s limit 3)"
        .formatted(name, other.table(), matches);
  }

  private void addDatasets(ItemType<?> type, int id, Code code, @Nullable Code list) {
    String values = list == null ? type.collection() : "code-lists/" + list;
    parts.add(
        """
        (select 'datasets/' || d.code || '/series/' || s.key
           from curated.dataset d
           join curated.series s on s.dataset_id = d.id
          where %s = s.dimensions[array_position(d.dimension_values, %s)]
          limit 3)\
        """
            .formatted(sql.bind(code), sql.bind(values)));
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
