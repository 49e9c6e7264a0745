package io.refdata.persistence.maintenance;

import io.refdata.persistence.sql.SqlText;
import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.persistence.upkeep.Step;
import io.refdata.persistence.upkeep.Task;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jdbi.v3.core.Jdbi;

/**
 * Deletes records that nobody asks for any more: rejects of loads that ended long ago, old samples
 * and steps, and what the server has on record of old batch jobs. It deletes some at a time, for a
 * bounded time.
 */
@Dependent
public class DeleteOldRecords implements Task {
  private static final String NAME = "DELETE_OLD_RECORDS";

  /** Rows of one transaction. */
  private static final int ROWS_AT_ONCE = 10_000;

  private final Jdbi jdbi;
  private final OptimizationLog log;

  @Inject
  public DeleteOldRecords(Jdbi jdbi, OptimizationLog log) {
    this.jdbi = jdbi;
    this.log = log;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration every() {
    return Duration.ofHours(6);
  }

  @Override
  public Pace pace() {
    return Pace.LONG;
  }

  @Override
  public void run(Consumer<Step> done) {
    long end = System.nanoTime() + MaintenanceRules.ofSettings().time().toNanos();
    for (OldRecords old : OldRecords.all()) {
      if (exists(old)) {
        log.run(NAME, old.subject(), () -> delete(old.kept(), () -> deleteSome(old), end), done);
      }
    }
    Duration kept = Setting.ACCESS_KEPT.time();
    log.run(NAME, "action", () -> delete(kept, () -> removeActions(kept), end), done);
  }

  /**
   * The server creates the tables of its batch jobs; a tool that has no jobs has no such tables.
   */
  private boolean exists(OldRecords old) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select to_regclass(:table) is not null")
                .bind("table", old.table())
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * @param some deletes at most {@link #ROWS_AT_ONCE} and answers how many
   */
  private static String delete(Duration kept, IntSupplier some, long end) {
    long deleted = 0;
    int last;
    do {
      last = some.getAsInt();
      deleted += last;
    } while (last == ROWS_AT_ONCE && System.nanoTime() < end);
    String left = last == ROWS_AT_ONCE ? "; the rest is left for the next run" : "";
    return "%,d rows older than %s%s".formatted(deleted, kept, left);
  }

  /** Only this function may remove actions; the chain of the audit trail says that it did. */
  private int removeActions(Duration kept) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select ref.remove_actions(now() - make_interval(secs => :kept), :rows)")
                .bind("kept", kept.toSeconds())
                .bind("rows", ROWS_AT_ONCE)
                .mapTo(Integer.class)
                .one());
  }

  private int deleteSome(OldRecords old) {
    return jdbi.withHandle(
        handle ->
            handle
                .createUpdate(
                    SqlText.of(
                            """
                            delete from <table>
                             where ctid = any (array(select ctid from <table> where <old> limit :rows))
                            """)
                        .with("table", old.table())
                        .with("old", old.old())
                        .text())
                .bind("kept", old.kept().toSeconds())
                .bind("rows", ROWS_AT_ONCE)
                .execute());
  }
}
