package io.refdata.persistence.load.item;

import io.refdata.domain.item.Property;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.sql.SqlText;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Finds items that would become their own ancestor when a load is merged. From each item it goes
 * up, with each statement twice as far as before, and drops items that have reached a root. So a
 * hierarchy of seven levels takes three statements. An item that is still left after more steps
 * than there can be items is below a cycle or in one.
 */
final class ParentCycles {
  private static final int STEPS = 31;

  private final Handle handle;
  private final StagingTables staging;
  private final ItemStagingTable items;

  ParentCycles(Handle handle, StagingTables staging, ItemStagingTable items) {
    this.handle = handle;
    this.staging = staging;
    this.items = items;
  }

  /** The property that makes a collection a hierarchy, if the file has it. */
  static Optional<Property> parent(ItemStagingTable items) {
    return items.references().stream()
        .filter(property -> property.name().equals("parent"))
        .findFirst();
  }

  /**
   * Finds the items in cycles.
   *
   * @return the table that holds their codes, until the transaction ends or this is called again
   */
  String find(Property parent) {
    handle.execute("drop table if exists up, further");
    handle.execute(
        SqlText.of(
                """
                create temporary table up on commit drop as
                select r.code, r.<parent> as above
                  from <rows> r
                 where r.<parent> is not null
                 union all
                select e.code, p.code
                  from <items> e
                  join <items> p on p.id = e.<parent>
                 where <within> and not exists (select from <rows> r where r.code = e.code)
                """)
            .with("parent", parent.column())
            .with("rows", staging.rows())
            .with("items", items.type().table())
            .with("within", items.within("e"))
            .text());
    for (int step = 0; step < STEPS; step++) {
      int left =
          handle.execute(
              """
              create temporary table further on commit drop as
              select up.code, above.above from up join up above on above.code = up.above
              """);
      handle.execute("drop table up");
      handle.execute("alter table further rename to up");
      if (left == 0) {
        break;
      }
    }
    // The ancestor so many steps above an item that never reaches a root is in a cycle, and each
    // item of a cycle is such an ancestor.
    return "(select distinct above as code from up)";
  }
}
