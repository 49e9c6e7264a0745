package io.refdata.persistence.item.query;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.persistence.revision.AuditRows;
import io.refdata.persistence.sql.SqlText;
import java.util.Set;

/**
 * The runs of values in the audit tables. A run begins with the state in which an item took a value
 * of a property, and ends with the state in which it lost it. An index has one entry for each run,
 * in the order of the values and the codes, with the first revision of the run and the one that
 * ended it. So it finds the items that had a value at a revision, without their other states
 * (docs/adr/025).
 */
final class Runs {
  private static final Set<String> PLACE = Set.of("latitude", "longitude");

  private Runs() {}

  /**
   * True if the runs of a property are indexed in the order of its values: names, references, codes
   * of lists, and numbers except positions, which are indexed by place.
   */
  static boolean inOrder(Property property) {
    return property.name().equals("name")
        || property.kind() == PropertyKind.REFERENCE
        || property.isListed()
        || property.kind() == PropertyKind.NUMBER && !PLACE.contains(property.name());
  }

  /** True if the runs of a property are indexed by what its value contains. */
  static boolean byPart(Property property) {
    return property.kind() == PropertyKind.OWNERS || property.kind() == PropertyKind.IDENTIFIERS;
  }

  /** The column with the revision that ended a run; null in a state that began none. */
  static String until(Property property) {
    return property.column() + "_until";
  }

  /** SQL that a run was there at a revision. */
  static String holds(String alias, String until, String revision) {
    return SqlText.of("<alias>.<until> > <revision> and <alias>.rev <= <revision>")
        .with("alias", alias)
        .with("until", until)
        .with("revision", revision)
        .text();
  }

  /** The runs that were there at a revision, as SQL that can stand in place of a table. */
  static String table(ItemType<?> type, Property property, String revision) {
    return SqlText.of("(select k.id, k.code, k.<column> from <audit> k where <holds>)")
        .with("column", property.column())
        .with("audit", AuditRows.table(type))
        .with("holds", holds("k", until(property), revision))
        .text();
  }
}
