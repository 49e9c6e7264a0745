package io.refdata.persistence.item.batch;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.query.Sql;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The ids of stored items by their codes: one statement for each set, whatever their number. */
final class StoredItems {
  private final Map<ItemSet, Map<Code, Integer>> ids = new HashMap<>();
  private final Map<ItemSet, Set<Code>> wanted = new HashMap<>();

  /** Says that the id of an item will be asked for, if the item is on file. */
  void want(ItemSet set, Code code) {
    wanted.computeIfAbsent(set, none -> new LinkedHashSet<>()).add(code);
  }

  void read(Handle handle) {
    wanted.forEach((set, codes) -> ids.put(set, ids(handle, set, List.copyOf(codes))));
  }

  private static Map<Code, Integer> ids(Handle handle, ItemSet set, List<Code> codes) {
    Sql sql = new Sql();
    sql.add("select i.code, i.id from ").add(set.type().table()).add(" i where i.code");
    sql.add(" = any(" + sql.bindAll(codes) + "::text[])");
    if (set.list() != null) {
      sql.add(" and i.list_id = (select l.id from " + Catalogue.CODE_LISTS.table());
      sql.add(" l where l.code = " + sql.bind(set.list()) + ")");
    }
    return sql.query(handle)
        .map((row, context) -> Map.entry(new Code(row.getString(1)), row.getInt(2)))
        .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
  }

  Optional<Integer> id(ItemSet set, Code code) {
    return Optional.ofNullable(ids.getOrDefault(set, Map.of()).get(code));
  }

  /** The ids of some items, as far as they are on file. */
  List<Integer> ids(ItemSet set, Collection<Code> codes) {
    return codes.stream().flatMap(code -> id(set, code).stream()).toList();
  }

  /** Gives ids to items that will be created. */
  void number(Handle handle, ItemSet set, List<Code> created) {
    List<Integer> numbers =
        handle
            .createQuery(
                "select nextval(pg_get_serial_sequence(:items, 'id'))::integer"
                    + " from generate_series(1, :count)")
            .bind("items", set.type().table())
            .bind("count", created.size())
            .mapTo(Integer.class)
            .list();
    Map<Code, Integer> own = ids.computeIfAbsent(set, none -> new HashMap<>());
    for (int i = 0; i < created.size(); i++) {
      own.put(created.get(i), numbers.get(i));
    }
  }
}
