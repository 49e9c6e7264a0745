package io.refdata.persistence.item.batch;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.catalogue.ItemSet;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.query.Sql;
import io.refdata.persistence.sql.SqlText;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The items above others in a hierarchy, at any depth. */
record Ancestors(Handle handle, ItemSet set) {

  /** The parent by the code, of each of these items and of all above it, in one statement. */
  Map<Code, Code> of(List<Code> codes) {
    Sql sql = new Sql();
    String list = set.list() == null ? "" : sql.bind(set.list());
    sql.add(
        SqlText.of(
                """
                with recursive up as (
                  select i.id, i.code, i.parent_id from <items> i
                   where i.code = any(<codes>::text[])<within>
                  union
                  select i.id, i.code, i.parent_id from <items> i join up on i.id = up.parent_id)
                select up.code, p.code from up join <items> p on p.id = up.parent_id
                """)
            .with("items", set.type().table())
            .with("codes", sql.bindAll(codes))
            .with(
                "within",
                list.isEmpty()
                    ? ""
                    : " and i.list_id = (select l.id from %s l where l.code = %s)"
                        .formatted(Catalogue.CODE_LISTS.table(), list))
            .text());
    return sql.query(handle)
        .map((row, context) -> Map.entry(new Code(row.getString(1)), new Code(row.getString(2))))
        .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
  }
}
