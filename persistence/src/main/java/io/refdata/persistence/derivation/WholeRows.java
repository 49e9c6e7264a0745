package io.refdata.persistence.derivation;

import io.refdata.domain.aggregation.Composition;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.observation.ObservationRows;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The series that a selection names, and behind them, by key, those of regions that have none of
 * their own and are worked out from their members. All rows are read, into bounded memory, before
 * the first is given on.
 */
final class WholeRows implements ObservationRows {
  private final ObservationRows rows;
  private final SeriesSelection selection;
  private final int position;
  private final Composition composition;
  private final Frequency frequency;
  private final Function<Series, Aggregation> rules;
  private final @Nullable Weights weights;
  private final Set<List<String>> own = new HashSet<>();
  private Iterator<HeldColumn> columns = Collections.emptyIterator();
  private Iterator<WholeSeries> wholes = Collections.emptyIterator();
  private Iterator<WholeSeries.Row> values = Collections.emptyIterator();
  private boolean begun;
  private @Nullable HeldColumn column;
  private @Nullable Series series;
  private int index;
  private int made;
  private WholeSeries.@Nullable Row row;

  /**
   * @param selection with the parts of regions
   * @param selected the series of the selection, whether they have observations or not
   * @param rules what is made of the members' values, by one of their series
   * @param weights those of the members in a mean; null if all weigh the same
   */
  WholeRows(
      ObservationRows rows,
      SeriesSelection selection,
      Collection<Series> selected,
      Composition composition,
      Frequency frequency,
      Function<Series, Aggregation> rules,
      @Nullable Weights weights) {
    this.rows = rows;
    this.selection = selection;
    this.position = Objects.requireNonNull(selection.parts());
    this.composition = composition;
    this.frequency = frequency;
    this.rules = rules;
    this.weights = weights;
    selected.forEach(one -> own.add(one.dimensions()));
  }

  @Override
  public boolean next() throws SQLException, IOException {
    if (!begun) {
      begun = true;
      readAll();
    }
    index++;
    if (column != null && index < column.size()) {
      return true;
    }
    column = null;
    if (columns.hasNext()) {
      column = columns.next();
      series = column.series();
      index = 0;
      return true;
    }
    while (!values.hasNext() && wholes.hasNext()) {
      begin(wholes.next());
    }
    row = values.hasNext() ? values.next() : null;
    return row != null;
  }

  private void begin(WholeSeries whole) {
    series = whole.series(--made);
    Aggregation rule = weights == null ? rules.apply(whole.member()) : Aggregation.MEAN;
    values = whole.rows(frequency, rule, weights);
  }

  private void readAll() throws SQLException, IOException {
    HeldColumns held = new HeldColumns("aggregate");
    held.read(rows);
    List<HeldColumn> plain = new ArrayList<>();
    Map<String, WholeSeries> byKey = new TreeMap<>();
    Set<String> named = selection.named(position);
    for (HeldColumn one : held.all()) {
      if (selection.selects(one.series().dimensions())) {
        plain.add(one);
      }
      for (String code : named) {
        addTo(byKey, code, one);
      }
    }
    columns = plain.iterator();
    wholes = byKey.values().iterator();
  }

  private void addTo(Map<String, WholeSeries> byKey, String code, HeldColumn part) {
    List<String> dimensions = new ArrayList<>(part.series().dimensions());
    String member = dimensions.set(position, code);
    if (composition.membersEver(code).contains(member)
        && !own.contains(dimensions)
        && selection.selects(dimensions)) {
      byKey
          .computeIfAbsent(
              String.join(".", dimensions),
              key -> new WholeSeries(code, composition, List.copyOf(dimensions)))
          .add(member, part);
    }
  }

  private WholeSeries.Row row() {
    return Objects.requireNonNull(row);
  }

  @Override
  public Series series() {
    return Objects.requireNonNull(series);
  }

  @Override
  public long micros() {
    return column == null ? row().micros() : column.micros(index);
  }

  @Override
  public double value() {
    return column == null ? row().whole().value() : column.value(index);
  }

  @Override
  public String status() {
    return column == null ? row().whole().status() : column.status(index);
  }

  @Override
  public @Nullable String action() {
    return null;
  }

  @Override
  public double coverage() {
    return column == null ? row().whole().coverage() : Double.NaN;
  }

  @Override
  public List<String> missing() {
    return column == null ? row().whole().missing() : List.of();
  }
}
