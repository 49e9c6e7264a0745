package io.refdata.persistence.load.item;

import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.load.InvalidLoad;
import io.refdata.domain.text.SnakeCase;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.Rejects;
import io.refdata.persistence.load.staging.StagingTables;
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
                """
                with breach as (%1$s),
                rejected as (
                  delete from %2$s s
                   using breach b
                   where b.line = s.line
                  returning s.code, b.line, b.reason, b.raw),
                spared as (
                  insert into %3$s (key) select code from rejected),
                named as (
                  insert into staging.reject (load_id, line, header, code, reason, raw)
                  select :load, line, :header, :code, reason, left(coalesce(raw, code), 1000)
                    from rejected
                   order by line
                   limit :room)
                select count(*) from rejected
                """
                    .formatted(rule.breaches(), staging.rows(), staging.sparedKeys()))
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
   * @throws InvalidLoad if these have changed so that a line breaks a rule
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
                throw new InvalidLoad(
                    breach + "; that was changed while the load was staged. Restart it.");
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
        """
        select s.line, %1$s as raw,
               case when %2$s is null
                    then format('neither %3$s nor the file has an item with the name ''%%s''', left(%1$s, 100))
                    else format('neither %3$s nor the file has an item with the code ''%%s''', %2$s)
               end as reason
          from %4$s s
         where %2$s is null and %1$s is not null
            or %2$s is not null and %5$s
        """
            .formatted(
                text,
                code,
                items.into(),
                staging.rows(),
                StagedReferences.nowhere(staging, items, code)));
  }

  private Rule complete(Property property) {
    return new Rule(
        property,
        "MISSING_" + subject(property),
        """
        select s.line, s.code as raw, 'the item is new, and the layout has no %s' as reason
          from %s s
         where not exists (select from %s e where e.code = s.code and %s)
        """
            .formatted(property.name(), staging.rows(), items.type().table(), items.within("e")));
  }

  private Rule ordered(ItemType.Period period) {
    Property named = items.has(period.to()) ? period.to() : period.from();
    String from = day(period.from());
    String to = day(period.to());
    return new Rule(
        named,
        "BAD_" + subject(named),
        """
        select d.line, format('%1$s %%s must not be before %2$s %%s', d.last, d.first) as reason,
               d.%5$s as raw
          from (select s.line, %3$s as first, %4$s as last
                  from %6$s s
                  left join %7$s e on e.code = s.code and %8$s) d
         where case when length(d.first) = 4 or length(d.last) = 4
                    then left(d.last, 4) < left(d.first, 4)
                    else d.last < d.first
               end
        """
            .formatted(
                period.to().name(),
                period.from().name(),
                from,
                to,
                named == period.to() ? "last" : "first",
                staging.rows(),
                items.type().table(),
                items.within("e")));
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
                    """
                    select s.line, s.%1$s as raw,
                           format('%%s is %%s itself or one of its descendants', s.%2$s, s.code) as reason
                      from %3$s s
                      join %4$s c on c.code = s.code
                      left join %5$s e on e.code = s.code and %6$s
                      left join %5$s p on p.id = e.%2$s
                     where p.code is distinct from s.%2$s
                    """
                        .formatted(
                            ItemStagingTable.text(parent),
                            parent.column(),
                            staging.rows(),
                            new ParentCycles(handle, staging, items).find(parent),
                            items.type().table(),
                            items.within("e"))));
  }

  private static String subject(Property property) {
    return SnakeCase.upper(property.name());
  }
}
