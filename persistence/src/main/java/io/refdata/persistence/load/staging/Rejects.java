package io.refdata.persistence.load.staging;

import io.refdata.persistence.sql.BinaryCopy;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The rejected lines and cells of loads. */
@Dependent
public class Rejects {
  private static final int ROWS_AT_A_TIME = 1_000;
  private static final int LONGEST_TEXT = 1_000;
  private static final int LONGEST_EXAMPLE = 200;
  private static final int MOST_SUMMED = 5;

  /**
   * The most rejects that are stored for a load; they are enough to find what is wrong with a file.
   * Further ones are only counted, since otherwise a gzip file of 32 kB could fill the disk. {@code
   * -Drefdata.load.rejects}
   */
  private static final long MOST_STORED = Setting.LOAD_REJECTS.number();

  private final Jdbi jdbi;

  @Inject
  public Rejects(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A rejected line or cell.
   *
   * @param line counted from 1, the header line included
   * @param column the header of the rejected cell; null if the whole line is rejected
   * @param code the kind of fault: {@code UNKNOWN_REGION}
   * @param reason a description of the fault; cut if it is long, as are the other texts
   * @param raw the rejected text, or its beginning if it is long
   */
  public record Reject(long line, @Nullable String column, String code, String reason, String raw) {
    public Reject {
      column = column == null ? null : fit(column);
      reason = fit(reason);
      raw = fit(raw);
    }

    /** A text that is not too long and has no NUL, which PostgreSQL cannot store. */
    private static String fit(String text) {
      String cut = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
      return cut.replace('\0', '\uFFFD');
    }
  }

  /** Writes the rejects of a load, a thousand at a time, and the last ones on close. */
  public final class Writer implements AutoCloseable {
    private final long load;
    private final List<Reject> pending = new ArrayList<>();
    private final Map<String, Long> countByCode = new TreeMap<>();
    private long rejected;
    private long stored;

    private Writer(long load) {
      this.load = load;
    }

    /** Adds a reject. May be called by several threads. */
    public synchronized void add(Reject reject) {
      rejected++;
      countByCode.merge(reject.code(), 1L, Long::sum);
      if (stored == MOST_STORED) {
        return;
      }
      stored++;
      pending.add(reject);
      if (pending.size() == ROWS_AT_A_TIME) {
        close();
      }
    }

    public long load() {
      return load;
    }

    /** The number of further rejects that can be stored. */
    public synchronized long room() {
      return MOST_STORED - stored;
    }

    /** Counts rejects that were written without this writer, as far as there was room. */
    public synchronized void addWritten(String code, long count) {
      if (count > 0) {
        countByCode.merge(code, count, Long::sum);
      }
      stored += Math.min(count, room());
      rejected += count;
    }

    /**
     * Sums the rejects up, for the load's message: how many have each code, with an example of it.
     * Null if there are none.
     */
    public @Nullable String summary() {
      close();
      synchronized (this) {
        if (rejected == 0) {
          return null;
        }
        Map<String, Reject> examples = examples();
        List<String> kinds = new ArrayList<>();
        countByCode.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(MOST_SUMMED)
            .forEach(kind -> kinds.add(sentence(kind, examples.get(kind.getKey()))));
        if (countByCode.size() > MOST_SUMMED) {
          kinds.add("and others");
        }
        return "Refused: "
            + String.join("; ", kinds)
            + "."
            + (rejected == stored
                ? ""
                : " Of %,d refused lines and cells the rejects have %,d."
                    .formatted(rejected, stored));
      }
    }

    private static String sentence(Map.Entry<String, Long> kind, @Nullable Reject example) {
      String counted = "%,d × %s".formatted(kind.getValue(), kind.getKey());
      return example == null
          ? counted
          : "%s (line %d%s: %s)"
              .formatted(
                  counted,
                  example.line(),
                  example.column() == null ? "" : ", column " + example.column(),
                  cut(example.reason()));
    }

    private static String cut(String reason) {
      return reason.length() <= LONGEST_EXAMPLE
          ? reason
          : reason.substring(0, LONGEST_EXAMPLE) + "…";
    }

    /** The first stored reject of each code. */
    private Map<String, Reject> examples() {
      Map<String, Reject> examples = new HashMap<>();
      jdbi.useHandle(
          handle ->
              handle
                  .createQuery(
                      """
                      select distinct on (code) line, header, code, reason, raw
                        from staging.reject
                       where load_id = :load
                       order by code, line, header nulls first
                      """)
                  .bind("load", load)
                  .map((row, context) -> reject(row))
                  .forEach(reject -> examples.put(reject.code(), reject)));
      return examples;
    }

    /** Writes the pending rejects, by COPY, since there may be as many as lines. */
    @Override
    public synchronized void close() {
      if (pending.isEmpty()) {
        return;
      }
      try (Handle handle = jdbi.open();
          BinaryCopy copy =
              new BinaryCopy(
                  handle.getConnection(),
                  "staging.reject (load_id, line, header, code, reason, raw)")) {
        for (Reject reject : pending) {
          copy.row(6)
              .int8(load)
              .int8(reject.line())
              .text(reject.column())
              .text(reject.code())
              .text(reject.reason())
              .text(reject.raw());
        }
        copy.end();
      } catch (SQLException e) {
        throw new IllegalStateException("Writing rejects of load " + load, e);
      }
      pending.clear();
    }
  }

  /** Deletes the rejects of earlier tries, and begins to write new ones. */
  public Writer begin(long load) {
    jdbi.useHandle(handle -> handle.execute("delete from staging.reject where load_id = ?", load));
    return new Writer(load);
  }

  /** The rejects of a load, by line, through a cursor. */
  public void read(long load, Consumer<Stream<Reject>> reader) {
    jdbi.useTransaction(
        handle ->
            reader.accept(
                handle
                    .createQuery(
                        """
                        select line, header, code, reason, raw
                          from staging.reject
                         where load_id = :load
                         order by line, header nulls first
                        """)
                    .bind("load", load)
                    .setFetchSize(ROWS_AT_A_TIME)
                    .map((row, context) -> reject(row))
                    .stream()));
  }

  private static Reject reject(ResultSet row) throws SQLException {
    return new Reject(
        row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5));
  }
}
