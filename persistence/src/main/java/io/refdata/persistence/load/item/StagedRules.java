package io.refdata.persistence.load.item;

import io.refdata.domain.item.Property;
import io.refdata.persistence.load.staging.ItemStagingTable;
import io.refdata.persistence.load.staging.Rejects;
import io.refdata.persistence.load.staging.StagingLost;
import io.refdata.persistence.load.staging.StagingTables;
import io.refdata.persistence.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private final ItemRules rules;

  public StagedRules(Handle handle, StagingTables staging, ItemStagingTable items) {
    this.handle = handle;
    this.staging = staging;
    this.rules = new ItemRules(handle, staging, items);
  }

  /** The numbers of lines that were rejected, and that were left out. */
  public record Refused(long rejected, long ignored) {}

  /**
   * Refuses the lines that break a rule: removes them from staging and adds their keys to the
   * spared ones. Another line may refer to a refused line, so this repeats until no rule is broken.
   *
   * @param rejects receives the rejects
   * @param headers the columns of the file by property
   * @param ignoreUnknown whether lines that refer to no item are left out and not rejected
   */
  public Refused refuse(
      Rejects.Writer rejects, Map<Property, String> headers, boolean ignoreUnknown) {
    long rejected = 0;
    long ignored = 0;
    Refused now;
    do {
      now = apply(rules.all(), rejects, headers, ignoreUnknown);
      // The lines that are left after the other rules may have no cycle any more.
      Refused inCycles = apply(rules.cycles().stream().toList(), rejects, headers, false);
      now = new Refused(now.rejected() + inCycles.rejected(), now.ignored());
      rejected += now.rejected();
      ignored += now.ignored();
    } while (now.rejected() + now.ignored() > 0);
    return new Refused(rejected, ignored);
  }

  private Refused apply(
      List<ItemRule> applied,
      Rejects.Writer rejects,
      Map<Property, String> headers,
      boolean ignoreUnknown) {
    long rejected = 0;
    long ignored = 0;
    for (ItemRule rule : applied) {
      if (ignoreUnknown && rule.isUnknown()) {
        ignored += remove(rule);
      } else {
        rejected += reject(rejects, rule, headers.get(rule.property()));
      }
    }
    return new Refused(rejected, ignored);
  }

  private long remove(ItemRule rule) {
    return handle.execute(
        SqlText.of(
                """
                with removed as (
                  delete from <rows> s
                   using (<breaches>) b
                   where b.line = s.line
                  returning s.code)
                insert into <spared_keys> (key) select code from removed
                """)
            .with("rows", staging.rows())
            .with("breaches", rule.breaches())
            .with("spared_keys", staging.sparedKeys())
            .text());
  }

  private long reject(Rejects.Writer rejects, ItemRule rule, @Nullable String header) {
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
    rejects.addWritten(rule.code(), rejected);
    return rejected;
  }

  /**
   * Checks the staged rows against the items that are stored now.
   *
   * @throws StagingLost if these have changed so that a line breaks a rule
   */
  void require() {
    List<ItemRule> all = new ArrayList<>(rules.all());
    rules.cycles().ifPresent(all::add);
    for (ItemRule rule : all) {
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
}
