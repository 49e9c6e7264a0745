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
 * SQL that finds everything that refers to items. Each way to refer to one has a part in it:
 * references, owners, codes of a list, dimensions of series, datasets. An item is looked up in each
 * of them by an index, so the cost is that of the items, whatever refers to others.
 */
public final class Referrers {
  private final ItemType<?> type;
  private final @Nullable Code list;
  private final Sql sql = new Sql();
  private final List<String> parts = new ArrayList<>();

  private Referrers(ItemType<?> type, @Nullable Code list) {
    this.type = type;
    this.list = list;
  }

  /**
   * Finds up to three referrers of each kind for each of some items: the {@code code} of the item,
   * and the {@code referrer} like {@code facilities/ABC}.
   *
   * @param list the code list, if the items are its codes; else null
   * @param ids of the items, at least one
   * @param codes of the same items, in the same order
   * @param spared the ids of items of the same type whose references do not count, at least one: a
   *     reference of an item to itself does not prevent its deletion
   */
  public static Sql of(
      ItemType<?> type,
      @Nullable Code list,
      List<Integer> ids,
      List<Code> codes,
      List<Integer> spared) {
    Referrers referrers = new Referrers(type, list);
    Sql sql = referrers.sql;
    sql.add("with item as materialized (select * from unnest(");
    sql.add(sql.bindAll(ids)).add("::integer[], ").add(sql.bindAll(codes));
    sql.add("::text[]) as item(id, code)) ");
    String staying = " and i.id <> all(" + sql.bindAll(spared) + "::integer[])";
    for (ItemType<?> other : Catalogue.all()) {
      for (Property property : other.properties()) {
        referrers.addItems(other, property, staying);
      }
    }
    referrers.addDatasets();
    return sql.add(String.join(" union all ", referrers.parts));
  }

  private void addItems(ItemType<?> other, Property property, String staying) {
    String column = "i." + property.column();
    if (property.kind() == PropertyKind.REFERENCE && property.refersTo(type)) {
      add(items(other, column + " = item.id" + (other == type ? staying : "")));
    } else if (property.refersTo(type)) {
      add(items(other, "ref.keys(%s) && array[item.code]::text[]".formatted(column)));
    } else if (list != null && property.lists().contains(list)) {
      add(items(other, column + " = item.code"));
    }
  }

  private void add(String referrers) {
    parts.add(
        "(select item.code, r.referrer from item cross join lateral (%s limit 3) r)"
            .formatted(referrers));
  }

  private static String items(ItemType<?> other, String matches) {
    String name =
        other == Catalogue.CODES
            ? "'code-lists/' || (select l.code from ref.code_list l where l.id = i.list_id)"
                + " || '/codes/' || i.code"
            : "'" + other.collection() + "/' || i.code";
    return SqlText.of("select <name> as referrer from <items> i where <matches>")
        .with("name", name)
        .with("items", other.table())
        .with("matches", matches)
        .text();
  }

  private void addDatasets() {
    String values = list == null ? type.collection() : "code-lists/" + list;
    add(
        SqlText.of(
                """
                select 'datasets/' || d.code || '/series/' || s.key as referrer
                  from curated.dataset d
                  join curated.series s on s.dataset_id = d.id
                 cross join lateral unnest(d.dimension_values) with ordinality as v (from_items, n)
                 where s.dimensions @> array[item.code]::text[]
                   and v.from_items = <values> and s.dimensions[v.n] = item.code\
                """)
            .with("values", sql.bind(values))
            .text());
    if (type == Catalogue.REGIONS) {
      add(
          "select 'datasets/' || d.code || '/rollups/' || r.name as referrer"
              + " from curated.rollup r join curated.dataset d on d.id = r.dataset_id"
              + " where item.code = any(r.codes)");
    }
    if (type == Catalogue.CODE_LISTS) {
      add(
          "select 'datasets/' || d.code as referrer from curated.dataset d"
              + " where 'code-lists/' || item.code = any(d.dimension_values)");
    }
    if (type == Catalogue.PROVIDERS || type == Catalogue.UNITS) {
      add(
          "select 'datasets/' || d.code as referrer from curated.dataset d where d.%s = item.id"
              .formatted(type == Catalogue.UNITS ? "unit_id" : "provider_id"));
    }
  }
}
