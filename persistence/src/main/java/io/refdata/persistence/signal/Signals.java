package io.refdata.persistence.signal;

import io.refdata.domain.item.fault.NoSuchItem;
import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.signal.Signal.Calculation;
import io.refdata.persistence.signal.Signal.FeatureSet;
import io.refdata.persistence.signal.Signal.Origin;
import io.refdata.persistence.sql.SqlText;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The signals on record, in {@code curated.signal}. */
@Dependent
public class Signals {
  private static final String COLUMNS =
      """
      s.code, s.version, s.name, f.code as source, s.topics, t.code as target, s.calculation, s.feature_set,
      s.feature_set_version, s.written_at, s.by\
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
   * The definition of a signal.
   *
   * @param source the id of the dataset whose series it is worked out from
   * @param topics all that it is worked out from, the source among them: the ids of datasets, and 0
   *     for the reference data
   * @param target the id of the dataset that its results are written to
   */
  public record Definition(
      String name, int source, List<Integer> topics, int target, Origin origin) {
    public Definition {
      topics = List.copyOf(topics);
    }
  }

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

  /** The signal of a code, if there is one, and all that write into a dataset. */
  public List<Signal> beside(Code code, int target) {
    return jdbi.withHandle(handle -> beside(handle, code, target));
  }

  private static List<Signal> beside(Handle handle, Code code, int target) {
    return handle
        .createQuery(sql(ALL + " where s.code = :code or s.target_id = :target order by s.code"))
        .bind("code", code.value())
        .bind("target", target)
        .map(Signals::read)
        .list();
  }

  /**
   * Creates a signal or changes its definition; it is worked out anew soon.
   *
   * @param checked the signals {@link #beside} it that it was checked against
   * @throws InvalidSignal if it would depend on its own results, or there are too many
   * @throws SignalsChanged if others are beside it by now
   */
  public Written put(
      Code code,
      Definition definition,
      List<Signal> checked,
      Precondition precondition,
      String by) {
    Calculation calculation = definition.origin() instanceof Calculation one ? one : null;
    FeatureSet set = definition.origin() instanceof FeatureSet one ? one : null;
    return jdbi.inTransaction(
        handle -> {
          requireDatasets(handle, definition);
          // One writer at a time, or two of them might close a circle together.
          handle.execute("lock table curated.signal in share row exclusive mode");
          Signal present = find(handle, code, "").orElse(null);
          precondition.checkVersion(code, present == null ? null : present.version());
          if (!beside(handle, code, definition.target()).equals(checked)) {
            throw new SignalsChanged();
          }
          // A run that writes just now has to end first, and none writes what it was until now.
          handle.execute(
              "select from curated.signal_run where signal = ? and state = 'RUNNING' for update",
              code.value());
          requireOpen(handle, code, definition);
          if (present == null) {
            requireRoom(handle);
          }
          handle
              .createUpdate(
                  """
                  insert into curated.signal as s (code, name, source_id, topics, target_id, calculation, feature_set,
                                                   feature_set_version, by)
                  values (:code, :name, :source, :topics, :target, :calculation, :set, :number, :by)
                  on conflict (code) do update
                     set name = excluded.name, source_id = excluded.source_id, topics = excluded.topics,
                         target_id = excluded.target_id, calculation = excluded.calculation,
                         feature_set = excluded.feature_set, feature_set_version = excluded.feature_set_version,
                         by = excluded.by, version = s.version + 1, written_at = clock_timestamp(), seen = null
                  """)
              .bind("code", code.value())
              .bind("name", definition.name())
              .bind("source", definition.source())
              .bindArray("topics", Integer.class, definition.topics())
              .bind("target", definition.target())
              .bind("calculation", calculation == null ? null : calculation.json())
              .bind("set", set == null ? null : set.code().value())
              .bind("number", set == null ? null : set.number())
              .bind("by", by)
              .execute();
          return new Written(find(handle, code, "").orElseThrow(), present == null);
        });
  }

  /**
   * Keeps the datasets of a signal from being deleted: who deletes one locks it before the signals,
   * too.
   */
  private static void requireDatasets(Handle handle, Definition definition) {
    List<Integer> ids = Stream.of(definition.source(), definition.target()).distinct().toList();
    int found =
        handle
            .createQuery(
                "select d.id from curated.dataset d where d.id = any (:ids) order by d.id for key"
                    + " share")
            .bindArray("ids", Integer.class, ids)
            .mapTo(Integer.class)
            .list()
            .size();
    if (found < ids.size()) {
      throw new InvalidSignal("into", "or the dataset of the series was deleted just now");
    }
  }

  /** Requires that nothing that it is made of is made of its target, by other signals. */
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
                    join made m on m.id = any (s.topics)
                   where s.code <> :code)
                select exists (select from made m where m.id = any (:topics))
                """)
            .bind("target", definition.target())
            .bindArray("topics", Integer.class, definition.topics())
            .bind("code", code.value())
            .mapTo(Boolean.class)
            .one();
    if (circle) {
      throw new InvalidSignal(
          "into", "is what the results are made of, directly or by other signals");
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

  static String sql(String text) {
    return SqlText.of(text).with("columns", COLUMNS).text();
  }

  static Signal read(ResultSet row, StatementContext context) throws SQLException {
    return new Signal(
        new Code(row.getString("code")),
        row.getInt("version"),
        row.getString("name"),
        row.getString("source"),
        List.of((Integer[]) row.getArray("topics").getArray()),
        row.getString("target"),
        origin(row),
        row.getObject("written_at", OffsetDateTime.class).toInstant(),
        row.getString("by"));
  }

  private static Origin origin(ResultSet row) throws SQLException {
    String set = row.getString("feature_set");
    return set == null
        ? new Calculation(row.getString("calculation"))
        : new FeatureSet(new Code(set), row.getInt("feature_set_version"));
  }
}
