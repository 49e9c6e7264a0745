package io.refdata.api.observation;

import io.refdata.api.problem.Problem;
import io.refdata.api.response.Delivery;
import io.refdata.persistence.dataset.Series;
import io.refdata.settings.Setting;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes one row for each period and one column for each series that has observations. All are in
 * memory before the first row is written, so there are at most {@code refdata.wide.columns} series
 * and {@code refdata.wide.cells} cells.
 */
final class WideObservations implements ObservationWriter {
  /** The most cells, empty ones included. */
  static final int MAX_CELLS = (int) Setting.WIDE_CELLS.number();

  private static final int MAX_COLUMNS = (int) Setting.WIDE_COLUMNS.number();
  private static final int FIRST_VALUES = 64;

  private final List<WideColumn> columns = new ArrayList<>();

  /** The periods of one frequency: their texts have the order of their starts. */
  private final SortedSet<String> periods = new TreeSet<>();

  private final Delivery delivery;
  private final OutputStream out;

  WideObservations(Delivery delivery, OutputStream out) {
    this.delivery = delivery;
    this.out = out;
  }

  /** The values of a series, in the order of their periods. */
  static final class WideColumn {
    private final String key;
    private String[] times = new String[FIRST_VALUES];
    private double[] values = new double[FIRST_VALUES];
    private int count;
    private int reached;

    private WideColumn(String key) {
      this.key = key;
    }

    String key() {
      return key;
    }

    private void add(String time, double value) {
      if (count == values.length) {
        times = Arrays.copyOf(times, 2 * count);
        values = Arrays.copyOf(values, 2 * count);
      }
      times[count] = time;
      values[count++] = value;
    }

    /** The value of a period, if all before it were asked for; null if there is none. */
    @Nullable Double next(String time) {
      if (reached == count || !times[reached].equals(time)) {
        return null;
      }
      double value = values[reached++];
      return Double.isFinite(value) ? value : null;
    }
  }

  @Override
  public void series(Series series) {
    if (columns.size() == MAX_COLUMNS) {
      throw Problem.parameter("shape", "wide takes at most %,d series".formatted(MAX_COLUMNS));
    }
    columns.add(new WideColumn(series.key()));
  }

  /** A cell has a value only: who needs to know more asks for observations in rows. */
  @Override
  public void coverage(double share) {}

  @Override
  public void missing(List<String> members) {}

  @Override
  public void observation(String time, double value, String status, @Nullable String action) {
    columns.get(columns.size() - 1).add(time, value);
    periods.add(time);
  }

  @Override
  public void end(@Nullable String next) throws IOException {
    if (next != null || (long) periods.size() * columns.size() > MAX_CELLS) {
      throw Problem.parameter(
          "shape", "wide takes at most %,d cells: periods by series".formatted(MAX_CELLS));
    }
    WideRows rows = WideRows.of(delivery, columns.stream().map(WideColumn::key).toList(), out);
    for (String period : periods) {
      rows.row(period, columns);
    }
    rows.end();
  }
}
