package io.refdata.persistence.load.item;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.text.SnakeCase;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rules of one staging table of items, as SQL. */
final class ItemRules {
  private final Handle handle;
  private final StagingTables staging;
  private final ItemStagingTable items;

  ItemRules(Handle handle, StagingTables staging, ItemStagingTable items) {
    this.handle = handle;
    this.staging = staging;
    this.items = items;
  }

  /** The rules, except the one against cycles. */
  List<ItemRule> all() {
    List<ItemRule> rules = new ArrayList<>();
    for (Property reference : items.references()) {
      if (items.matched().containsKey(reference)) {
        rules.add(ambiguous(reference));
      }
      rules.add(exists(reference));
    }
    for (Property property : items.type().shown()) {
      if (property.required() && property != items.type().name() && !items.has(property)) {
        rules.add(complete(property));
      }
    }
    for (ItemType.Period period : items.type().periods()) {
      if (items.has(period.from()) || items.has(period.to())) {
        rules.add(ordered(period));
      }
    }
    return rules;
  }

  private ItemRule exists(Property reference) {
    String code = "s." + reference.column();
    String text = "s." + ItemStagingTable.text(reference);
    return new ItemRule(
        reference,
        ItemRule.UNKNOWN + subject(reference),
        SqlText.of(
                """
                select s.line, <text> as raw,
                       case when <code> is null
                            then format(
                              'neither <target> nor the file has an item with the <property> ''%s''',
                              left(<text>, 100))
                            else format(
                              'neither <target> nor the file has an item with the code ''%s''',
                              <code>)
                       end as reason
                  from <rows> s
                 where <code> is null and <text> is not null
                    or <code> is not null and <nowhere>
                """)
            .with("text", text)
            .with("code", code)
            .with("property", items.matched().getOrDefault(reference, items.type().name()).name())
            .with("target", items.into())
            .with("rows", staging.rows())
            .with("nowhere", StagedReferences.nowhere(staging, items, code))
            .text());
  }

  private ItemRule ambiguous(Property reference) {
    return new ItemRule(
        reference,
        "AMBIGUOUS_" + subject(reference),
        SqlText.of(
                """
                with several as (
                  select found, string_agg(code, ', ' order by code) as codes
                    from (<candidates>) c
                   group by found
                  having count(*) > 1)
                select s.line, s.<text> as raw,
                       format('of <target> several have the <property> ''%s'': %s',
                              left(s.<text>, 100), left(v.codes, 200)) as reason
                  from <rows> s
                  join several v on v.found = <key>
                 where s.<code> is null
                """)
            .with("candidates", StagedReferences.candidates(staging, items, reference))
            .with("text", ItemStagingTable.text(reference))
            .with("target", items.into())
            .with("property", Objects.requireNonNull(items.matched().get(reference)).name())
            .with("rows", staging.rows())
            .with(
                "key",
                StagedReferences.key(reference, "s." + ItemStagingTable.text(reference), items))
            .with("code", reference.column())
            .text());
  }

  private ItemRule complete(Property property) {
    return new ItemRule(
        property,
        "MISSING_" + subject(property),
        SqlText.of(
                """
                select s.line, s.code as raw,
                       'the item is new, and the layout has no <property>' as reason
                  from <rows> s
                 where not exists (select from <items> e where e.code = s.code and <within>)
                """)
            .with("property", property.name())
            .with("rows", staging.rows())
            .with("items", items.type().table())
            .with("within", items.within("e"))
            .text());
  }

  private ItemRule ordered(ItemType.Period period) {
    Property named = items.has(period.to()) ? period.to() : period.from();
    String from = day(period.from());
    String to = day(period.to());
    return new ItemRule(
        named,
        "BAD_" + subject(named),
        SqlText.of(
                """
                select d.line,
                       format('<last_property> %s must not be before <first_property> %s',
                              d.last, d.first) as reason,
                       d.<named> as raw
                  from (select s.line, <first> as first, <last> as last
                          from <rows> s
                          left join <items> e on e.code = s.code and <within>) d
                 where case when length(d.first) = 4 or length(d.last) = 4
                            then left(d.last, 4) < left(d.first, 4)
                            else d.last < d.first
                       end
                """)
            .with("last_property", period.to().name())
            .with("first_property", period.from().name())
            .with("first", from)
            .with("last", to)
            .with("named", named == period.to() ? "last" : "first")
            .with("rows", staging.rows())
            .with("items", items.type().table())
            .with("within", items.within("e"))
            .text());
  }

  /** The day or year after the merge, as text, which sorts like days. */
  private String day(Property property) {
    return items.has(property) ? "s." + property.column() : "e." + property.column() + "::text";
  }

  /**
   * The rule against cycles, for lines that change an item's parent: only these can close a cycle.
   */
  Optional<ItemRule> cycles() {
    return ParentCycles.parent(items)
        .map(
            parent ->
                new ItemRule(
                    parent,
                    "CYCLIC_PARENT",
                    SqlText.of(
                            """
                            select s.line, s.<text> as raw,
                                   format('%s is %s itself or one of its descendants',
                                          s.<parent>, s.code) as reason
                              from <rows> s
                              join <cyclic> c on c.code = s.code
                              left join <items> e on e.code = s.code and <within>
                              left join <items> p on p.id = e.<parent>
                             where p.code is distinct from s.<parent>
                            """)
                        .with("text", ItemStagingTable.text(parent))
                        .with("parent", parent.column())
                        .with("rows", staging.rows())
                        .with("cyclic", new ParentCycles(handle, staging, items).find(parent))
                        .with("items", items.type().table())
                        .with("within", items.within("e"))
                        .text()));
  }

  private static String subject(Property property) {
    return SnakeCase.upper(property.name());
  }
}
