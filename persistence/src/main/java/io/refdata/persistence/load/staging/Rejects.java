package io.refdata.persistence.load.staging;

import io.refdata.persistence.sql.BinaryCopy;
import io.refdata.settings.Setting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The refused lines and cells of loads. */
@Dependent
public class Rejects {
  private static final int ROWS_AT_A_TIME = 1_000;
  private static final int LONGEST_TEXT = 1_000;

  /**
   * So many tell what is wrong with a file; more are counted only, or 32 kB of gzip fill the disk.
   * {@code -Drefdata.load.rejects}
   */
  private static final long MOST_KEPT = Setting.LOAD_REJECTS.number();

  private final Jdbi jdbi;

  @Inject
  public Rejects(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A refused line or cell.
   *
   * @param line counted from 1, the header line included
   * @param column the header of the refused cell; null if the whole line is refused
   * @param code what kind of fault: {@code UNKNOWN_REGION}
   * @param reason the fault in words, cut if it is long, as are the others
   * @param raw the text that is refused, of a long one its beginning
   */
  public record Reject(long line, @Nullable String column, String code, String reason, String raw) {
    public Reject {
      column = column == null ? null : fit(column);
      reason = fit(reason);
      raw = fit(raw);
    }

    /** Not too long; and PostgreSQL keeps no zero bytes in texts. */
    private static String fit(String text) {
      String cut = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
      return cut.replace('\0', '\uFFFD');
    }
  }

  /** Takes the rejects of a load and writes them a thousand at a time; the last on close. */
  public final class Writer implements AutoCloseable {
    private final long load;
    private final List<Reject> pending = new ArrayList<>();
    private long refused;
    private long kept;

    private Writer(long load) {
      this.load = load;
    }

    /** Takes a reject; by several threads. */
    public synchronized void add(Reject reject) {
      refused++;
      if (kept == MOST_KEPT) {
        return;
      }
      kept++;
      pending.add(reject);
      if (pending.size() == ROWS_AT_A_TIME) {
        close();
      }
    }

    public long load() {
      return load;
    }

    /** How many more are kept. */
    public synchronized long room() {
      return MOST_KEPT - kept;
    }

    /** Some were refused past this writer, and kept as far as there was room. */
    public synchronized void addWritten(long count) {
      kept += Math.min(count, room());
      refused += count;
    }

    /** Says that not all are kept; null if they are. */
    public synchronized @Nullable String abridged() {
      return refused == kept
          ? null
          : "Of %,d refused lines and cells the rejects have %,d.".formatted(refused, kept);
    }

    /** A file may be refused to its last line: they are copied, too. */
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

  /** Forgets what was refused before, and takes what is refused now. */
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
                    .map(
                        (row, context) ->
                            new Reject(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5)))
                    .stream()));
  }
}
