package io.refdata.persistence.load.item;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.text.SnakeCase;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.Rejects;
import io.refdata.persistence.load.staging.StagingLost;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The rules for staged items that concern more than a single cell, checked together with the stored
 * items: each referenced item exists, no item is its own ancestor, no last day is before the first,
 * and a new item has all required properties. Lines that break a rule are rejected when the file is
 * staged. At the merge all rules are checked once more, since the stored items may have changed.
 */
public final class StagedRules {
  private final Handle handle;
  private final StagingTables staging;
  private final ItemStagingTable items;

  /**
   * A rule.
   *
   * @param property the property that breaks the rule
   * @param code the code of the rejects: {@code UNKNOWN_PARENT}
   * @param breaches SQL of the lines that break it: {@code line}, {@code reason}, {@code raw}
   */
  private record Rule(Property property, String code, String breaches) {}

  public StagedRules(Handle handle, StagingTables staging, ItemStagingTable items) {
    this.handle = handle;
    this.staging = staging;
    this.items = items;
  }

  /**
   * Rejects the lines that break a rule: removes them from staging and adds their keys to the
   * spared ones. Another line may refer to a rejected line, so this repeats until no rule is
   * broken.
   *
   * @param rejects receives the rejects
   * @param headers the columns of the file by property
   * @return the number of rejected lines
   */
  public long reject(Rejects.Writer rejects, Map<Property, String> headers) {
    long rejected = 0;
    long now;
    do {
      now = 0;
      for (Rule rule : rules()) {
        now += reject(rejects, rule, headers.get(rule.property()));
      }
      now += rejectCycles(rejects, headers);
      rejected += now;
    } while (now > 0);
    return rejected;
  }

  private long rejectCycles(Rejects.Writer rejects, Map<Property, String> headers) {
    Optional<Rule> cycles = cycles();
    return cycles.isPresent()
        ? reject(rejects, cycles.get(), headers.get(cycles.get().property()))
        : 0;
  }

  private long reject(Rejects.Writer rejects, Rule rule, @Nullable String header) {
    long rejected =
        handle
            .createQuery(
                SqlText.of(
                        """
                        with breach as (<breaches>),
                        rejected as (
                          delete from <rows> s
                           using breach b
                           where b.line = s.line
                          returning s.code, b.line, b.reason, b.raw),
                        spared as (
                          insert into <spared_keys> (key) select code from rejected),
                        named as (
                          insert into staging.reject (load_id, line, header, code, reason, raw)
                          select :load, line, :header, :code, reason,
                                 left(coalesce(raw, code), 1000)
                            from rejected
                           order by line
                           limit :room)
                        select count(*) from rejected
                        """)
                    .with("breaches", rule.breaches())
                    .with("rows", staging.rows())
                    .with("spared_keys", staging.sparedKeys())
                    .text())
            .bind("load", rejects.load())
            .bind("header", header)
            .bind("code", rule.code())
            .bind("room", rejects.room())
            .mapTo(Long.class)
            .one();
    rejects.addWritten(rejected);
    return rejected;
  }

  /**
   * Checks the staged rows against the items that are stored now.
   *
   * @throws StagingLost if these have changed so that a line breaks a rule
   */
  void require() {
    List<Rule> rules = rules();
    cycles().ifPresent(rules::add);
    for (Rule rule : rules) {
      handle
          .createQuery(
              "select b.line, b.reason from (%s) b order by 1 limit 1".formatted(rule.breaches()))
          .map((row, context) -> "Line %d: %s".formatted(row.getLong(1), row.getString(2)))
          .findOne()
          .ifPresent(
              breach -> {
                throw StagingLost.changed(breach + "; that was changed");
              });
    }
  }

  private List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (Property reference : items.references()) {
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

  private Rule exists(Property reference) {
    String code = "s." + reference.column();
    String text = "s." + ItemStagingTable.text(reference);
    return new Rule(
        reference,
        "UNKNOWN_" + subject(reference),
        SqlText.of(
                """
                select s.line, <text> as raw,
                       case when <code> is null
                            then format(
                              'neither <target> nor the file has an item with the name ''%s''',
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
            .with("target", items.into())
            .with("rows", staging.rows())
            .with("nowhere", StagedReferences.nowhere(staging, items, code))
            .text());
  }

  private Rule complete(Property property) {
    return new Rule(
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

  private Rule ordered(ItemType.Period period) {
    Property named = items.has(period.to()) ? period.to() : period.from();
    String from = day(period.from());
    String to = day(period.to());
    return new Rule(
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
  private Optional<Rule> cycles() {
    return ParentCycles.parent(items)
        .map(
            parent ->
                new Rule(
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
