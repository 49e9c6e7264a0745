package io.refdata.persistence.item.query;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.revision.AuditRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * An index by which the items that satisfied a condition at a revision are found, in the audit
 * table of their type.
 *
 * @param conditions the conditions that the index answers
 * @param until the column with the revision that ended a run; {@code null} as SQL for the first
 *     state of an item, which finds it by its code
 * @param rank the place among the finders of a list; the first promise to find the fewest items
 */
record Finder(List<Condition> conditions, String until, Access access, int rank) {
  /** The ways to read an index. */
  enum Access {
    /** Entry by entry, in the order of codes. */
    IN_ORDER,
    /** Entry by entry. */
    ENTRIES,
    /** As a whole. */
    WHOLE
  }

  /** SQL in place of the column: an item always has its code. */
  private static final String ALWAYS = "null";

  /** The conditions of a list; that the codes are of one code list is one of them. */
  static List<Condition> conditions(ItemList list) {
    List<Condition> conditions = new ArrayList<>(list.conditions());
    if (list.list() != null) {
      list.type().properties().stream()
          .filter(Property::inUrl)
          .forEach(property -> conditions.add(new Condition.AnyOf(property, List.of(list.list()))));
    }
    return conditions;
  }

  /** The finders for a list, the most promising first. */
  static List<Finder> of(ItemList list) {
    List<Condition> conditions = conditions(list);
    List<Finder> finders = new ArrayList<>();
    for (Condition condition : conditions) {
      if (condition instanceof Condition.AnyOf any) {
        anyOf(list.type(), any, finders);
      } else if (condition instanceof Condition.InBox) {
        finders.add(new Finder(List.of(condition), "place_until", Access.ENTRIES, 3));
      } else if (condition instanceof Condition.NameContains) {
        finders.add(new Finder(List.of(condition), "name_until", Access.WHOLE, 5));
      } else if (condition instanceof Condition.Within within) {
        String until = Runs.until(within.property());
        finders.add(new Finder(List.of(condition), until, Access.ENTRIES, 4));
      } else if (condition instanceof Condition.Compares compares && isRange(compares)) {
        List<Condition> range = conditions.stream().filter(sameRange(compares)).toList();
        if (range.get(0) == condition) {
          finders.add(new Finder(range, Runs.until(compares.property()), Access.ENTRIES, 7));
        }
      }
    }
    finders.sort(Comparator.comparingInt(Finder::rank));
    return finders;
  }

  private static void anyOf(ItemType<?> type, Condition.AnyOf any, List<Finder> finders) {
    Property property = any.property();
    boolean one =
        any.values().size() == 1
            && (property.kind() != PropertyKind.REFERENCE
                || Catalogue.of(property.target()) != Catalogue.CODES);
    Access access = one ? Access.IN_ORDER : Access.ENTRIES;
    if (property.equals(type.code())) {
      finders.add(new Finder(List.of(any), ALWAYS, access, 0));
    } else if (Runs.byPart(property)) {
      finders.add(new Finder(List.of(any), Runs.until(property), Access.WHOLE, 1));
    } else if (Runs.inOrder(property)) {
      int rank = property.isListed() ? 6 : 2;
      finders.add(new Finder(List.of(any), Runs.until(property), access, rank));
    }
  }

  private static boolean isRange(Condition.Compares compares) {
    return Runs.inOrder(compares.property()) && compares.operator() != Condition.Operator.NE;
  }

  private static Predicate<Condition> sameRange(Condition.Compares range) {
    return condition ->
        condition instanceof Condition.Compares other
            && other.property().equals(range.property())
            && isRange(other);
  }

  /**
   * The entries of the index, as SQL about the alias {@code i} that stands after {@code from}. For
   * an index that is read as a whole, "offset 0" is a fence: without it, the planner also reads the
   * index of all values.
   */
  String entries(Sql sql, ItemType<?> type) {
    StringBuilder text =
        new StringBuilder(AuditRows.table(type)).append(" i where ").append(kept());
    for (Condition condition : conditions) {
      text.append(" and (").append(Where.run(sql, condition)).append(")");
    }
    return access == Access.WHOLE
        ? "(select i.* from " + text + " offset 0) i where true"
        : text.toString();
  }

  /** The condition of the index itself: which states it has entries of. */
  private String kept() {
    if (until.equals(ALWAYS)) {
      return "i.revtype = 0";
    }
    return (access == Access.WHOLE && until.equals("name_until") ? "i.folded_name" : "i." + until)
        + " is not null";
  }

  /** The condition that an entry holds at the revision of a statement. */
  String holds(Sql sql, String alias, String column) {
    return until.equals(ALWAYS)
        ? alias + ".rev <= " + sql.revision()
        : Runs.holds(alias, column, sql.revision());
  }

  /** The column of an entry with the revision that ended its run, as SQL. */
  String ended() {
    return until.equals(ALWAYS) ? "null::integer" : "i." + until;
  }

  /** True if its entries are runs; else they are the first states of items. */
  boolean hasRuns() {
    return !until.equals(ALWAYS);
  }

  /** True if it answers all conditions of a list, so that no state needs to be read for them. */
  boolean answers(ItemList list) {
    return conditions.size() == conditions(list).size();
  }
}
