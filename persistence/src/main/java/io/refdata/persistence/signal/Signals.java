package io.refdata.persistence.signal;

import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.sql.SqlText;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The signals on record, in {@code curated.signal}. */
@Dependent
public class Signals {
  private static final String COLUMNS =
      """
      s.code, s.version, s.name, f.code as source, t.code as target, s.calculation, s.written_at, s.by\
      """;

  private static final String ALL =
      "select <columns> from curated.signal s join curated.dataset f on f.id = s.source_id"
          + " join curated.dataset t on t.id = s.target_id";

  private final Jdbi jdbi;

  @Inject
  public Signals(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * What a signal is to be.
   *
   * @param source the id of the dataset that it is worked out from
   * @param target the id of the dataset that its results are written to
   * @param calculation in JSON
   */
  public record Definition(String name, int source, int target, String calculation) {}

  /** The result of a write. */
  public record Written(Signal signal, boolean created) {}

  public Optional<Signal> find(Code code) {
    return jdbi.withHandle(handle -> find(handle, code, ""));
  }

  private static Optional<Signal> find(Handle handle, Code code, String lock) {
    return handle
        .createQuery(sql(ALL + " where s.code = :code" + lock))
        .bind("code", code.value())
        .map(Signals::read)
        .findOne();
  }

  /** At most {@code limit} signals in the order of codes, after the given one. */
  public List<Signal> list(@Nullable Code after, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(sql(ALL + " where s.code > :after order by s.code limit :limit"))
                .bind("after", after == null ? "" : after.value())
                .bind("limit", limit)
                .map(Signals::read)
                .list());
  }

  /**
   * Creates a signal or changes its definition; it is worked out anew soon.
   *
   * @throws InvalidSignal if it would depend on its own results, or there are too many
   */
  public Written put(Code code, Definition definition, Precondition precondition, String by) {
    return jdbi.inTransaction(
        handle -> {
          // One writer at a time, or two of them might close a circle together.
          handle.execute("lock table curated.signal in share row exclusive mode");
          Signal present = find(handle, code, "").orElse(null);
          precondition.checkVersion(code, present == null ? null : present.version());
          requireOpen(handle, code, definition);
          if (present == null) {
            requireRoom(handle);
          }
          handle
              .createUpdate(
                  """
                  insert into curated.signal as s (code, name, source_id, target_id, calculation, by)
                  values (:code, :name, :source, :target, :calculation, :by)
                  on conflict (code) do update
                     set name = excluded.name, source_id = excluded.source_id, target_id = excluded.target_id,
                         calculation = excluded.calculation, by = excluded.by, version = s.version + 1,
                         written_at = clock_timestamp(), seen = null
                  """)
              .bind("code", code.value())
              .bind("name", definition.name())
              .bind("source", definition.source())
              .bind("target", definition.target())
              .bind("calculation", definition.calculation())
              .bind("by", by)
              .execute();
          return new Written(find(handle, code, "").orElseThrow(), present == null);
        });
  }

  /** Whether the source is made of the target, by other signals. */
  private static void requireOpen(Handle handle, Code code, Definition definition) {
    boolean circle =
        handle
            .createQuery(
                """
                with recursive made (id) as (
                  select :target::integer
                  union
                  select s.target_id
                    from curated.signal s
                    join made m on m.id = s.source_id
                   where s.code <> :code)
                select exists (select from made m where m.id = :source)
                """)
            .bind("target", definition.target())
            .bind("source", definition.source())
            .bind("code", code.value())
            .mapTo(Boolean.class)
            .one();
    if (circle) {
      throw new InvalidSignal(
          "into", "is what the calculation is made of, directly or by other signals");
    }
  }

  private static void requireRoom(Handle handle) {
    long most = Setting.SIGNALS_MOST.number();
    long signals =
        handle.createQuery("select count(*) from curated.signal").mapTo(Long.class).one();
    if (signals >= most) {
      throw new InvalidSignal("name", "there are %,d signals; more are not taken".formatted(most));
    }
  }

  /**
   * Deletes a signal and its runs; its results stay.
   *
   * @throws NoSuchItem if there is none
   */
  public void delete(Code code, Precondition precondition) {
    jdbi.useTransaction(
        handle -> {
          Signal present =
              find(handle, code, " for update of s")
                  .orElseThrow(() -> new NoSuchItem("signals", code.value()));
          precondition.checkVersion(code, present.version());
          handle.execute("delete from curated.signal where code = ?", code.value());
        });
  }

  private static String sql(String text) {
    return SqlText.of(text).with("columns", COLUMNS).text();
  }

  static Signal read(ResultSet row, StatementContext context) throws SQLException {
    return new Signal(
        new Code(row.getString("code")),
        row.getInt("version"),
        row.getString("name"),
        row.getString("source"),
        row.getString("target"),
        row.getString("calculation"),
        row.getObject("written_at", OffsetDateTime.class).toInstant(),
        row.getString("by"));
  }
}
