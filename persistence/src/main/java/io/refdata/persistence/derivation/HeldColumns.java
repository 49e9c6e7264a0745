package io.refdata.persistence.derivation;

import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.settings.Setting;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Observations of several series that are held in memory together: of a question, a bounded number.
 */
public final class HeldColumns {
  private static final long MOST = Setting.AGGREGATION_VALUES.number();

  private final List<HeldColumn> columns = new ArrayList<>();
  private final String parameter;
  private final long most;
  private int size;

  /**
   * @param parameter the name of the one that asks for them
   */
  public HeldColumns(String parameter) {
    this(parameter, 0);
  }

  /**
   * Those of a question of which others hold some already.
   *
   * @param parameter the name of the one that asks for them
   * @param held the number that the others hold
   */
  public HeldColumns(String parameter, long held) {
    this(MOST - held, parameter);
  }

  private HeldColumns(long most, String parameter) {
    this.most = most;
    this.parameter = parameter;
  }

  /**
   * Those of a writer, which decides itself how many it reads at once. What it was allowed to keep
   * is written, though a question may hold less by now.
   */
  public static HeldColumns ofWriter() {
    return new HeldColumns(Long.MAX_VALUE, "");
  }

  /**
   * Reads all rows.
   *
   * @throws UnansweredQuestion if they are more than may be held
   */
  public void read(ObservationRows rows) throws SQLException, IOException {
    HeldColumn column = null;
    while (rows.next()) {
      Series series = rows.series();
      if (column == null || series.id() != column.series().id()) {
        column = new HeldColumn(series);
        columns.add(column);
      }
      if (++size > most) {
        throw new UnansweredQuestion(
            parameter,
            "takes more than %,d values at once here; ask for a shorter time, or for fewer series"
                .formatted(MOST));
      }
      column.add(rows.micros(), rows.value(), rows.status());
    }
  }

  /** Their number. */
  public int size() {
    return size;
  }

  /** Those of each series, in the order in which they were read. */
  public List<HeldColumn> all() {
    return columns;
  }
}
