package io.refdata.perf;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.item.value.Code;
import io.refdata.perf.PlainJdbc.ValueHandler;
import io.refdata.persistence.Database;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.item.Address;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.query.ItemRows;
import io.refdata.persistence.item.query.ItemRows.Page;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.persistence.sql.StatementName;
import io.refdata.persistence.sql.StatementTimes;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The most frequent reads of the database, by the platform's code and by hand-written JDBC on the
 * same connection: a facility by its code, a page of 50 with everything expanded, and a year of
 * daily values of a series. Each read takes another facility or series. Both sides use prepared
 * statements and return the same values; this is checked first.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HotReadBenchmark {
  private static final int PAGE_SIZE = 50;

  /** The number of facilities and of series for which both sides are compared. */
  private static final int CHECKED = 10;

  private static final ItemList PAGE =
      new ItemList(
          Catalogue.FACILITIES,
          null,
          List.of(),
          List.of(),
          null,
          PAGE_SIZE,
          Set.of("region", "organization", "emissionSources"),
          null);

  private static final Dataset DATASET = HotData.dataset();
  private static final Instant FROM = Instant.parse("2015-01-01T00:00:00Z");
  private static final Instant BEFORE = Instant.parse("2016-01-01T00:00:00Z");
  private static final int DAYS = 365;

  /** The range of a request for observations. Its limit is that of a response plus one. */
  private static final Range YEAR = new Range(FROM, BEFORE, null, null, null, null, 100_001);

  /** The step to the next facility or series, so that it is not on the same page of the table. */
  private static final int STEP = 7_919;

  /** As long as the statement for an item. */
  private static final String STATEMENT = "select " + "i.code, ".repeat(200) + "1";

  private static final int STATEMENTS = 1_000;

  @Param("20000")
  private int facilities;

  @Param("2000000")
  private int observations;

  private HotData data;
  private ItemRows items;
  private Observations values;
  private PlainJdbc byHand;
  private List<Address> addresses;
  private List<SeriesSelection> selections;
  private int turn;

  @SuppressWarnings("NullAway.Init")
  public HotReadBenchmark() {}

  /** Prepares the data, and checks that both sides read the same values. */
  @Setup
  public void start() throws SQLException, IOException {
    data = HotData.of(facilities, observations);
    Jdbi jdbi = Database.of(data.connection());
    items = new ItemRows(jdbi);
    values = new Observations(jdbi, data.cache());
    byHand = new PlainJdbc(data.connection());
    addresses =
        IntStream.rangeClosed(1, data.facilities())
            .mapToObj("F%07d"::formatted)
            .map(code -> new Address(Catalogue.FACILITIES, null, new Code(code)))
            .toList();
    selections =
        IntStream.rangeClosed(1, data.series())
            .mapToObj(id -> List.of(List.of(new Code("S" + id))))
            .map(key -> new SeriesSelection(List.of(key), List.of(), null))
            .toList();
    compare();
  }

  /** A facility, as {@code GET facilities/{code}} reads it. */
  @Benchmark
  public Page item() {
    return requireSize(items.page(list(next(data.facilities()))), 1);
  }

  /**
   * The cost of each statement beside being sent: its name is put into its text, and its time is
   * counted.
   */
  @Benchmark
  @OperationsPerInvocation(STATEMENTS)
  public int bookkeeping() {
    int length = 0;
    for (int i = 0; i < STATEMENTS; i++) {
      length += StatementName.tag(STATEMENT, "HotReadBenchmark.item").length();
      StatementTimes.of("HotReadBenchmark.item").record(200_000 + i, null);
    }
    return length;
  }

  /** A facility by hand-written JDBC. */
  @Benchmark
  public int itemByHand(Blackhole blackhole) throws SQLException {
    return requireSize(byHand.item(code(next(data.facilities())), blackhole::consume), 1);
  }

  /** 50 facilities with region, operator and emission sources. */
  @Benchmark
  public Page page() {
    return requireSize(items.page(PAGE), PAGE_SIZE);
  }

  /** The page by hand-written JDBC. */
  @Benchmark
  public int pageByHand(Blackhole blackhole) throws SQLException {
    return requireSize(byHand.page(blackhole::consume), PAGE_SIZE);
  }

  /** A year of a series. */
  @Benchmark
  public int year(Blackhole blackhole) throws IOException {
    return requireSize(year(next(data.series()), blackhole::consume), DAYS);
  }

  /** The year by hand-written JDBC. */
  @Benchmark
  public int yearByHand(Blackhole blackhole) throws SQLException {
    return requireSize(yearByHand(next(data.series()), blackhole::consume), DAYS);
  }

  /** The index of the next facility or series. */
  private int next(int count) {
    turn = (turn + STEP) % count;
    return turn;
  }

  private ItemList list(int index) {
    return ItemList.of(addresses.get(index), Set.of(), null);
  }

  private String code(int index) {
    return addresses.get(index).code().value();
  }

  private int year(int index, ValueHandler handler) throws IOException {
    int[] read = new int[1];
    values.read(
        DATASET,
        selections.get(index),
        YEAR,
        (series, rows) -> {
          while (rows.next()) {
            read[0]++;
            handler.handle(Instant.EPOCH.plus(rows.micros(), ChronoUnit.MICROS));
            handler.handle(rows.value());
            handler.handle(rows.status());
          }
        });
    return read[0];
  }

  private int yearByHand(int index, ValueHandler handler) throws SQLException {
    return byHand.series(HotData.DATASET, index + 1, FROM, BEFORE, handler);
  }

  private static Page requireSize(Page page, int items) {
    requireSize(page.items().size(), items);
    return page;
  }

  private static int requireSize(int read, int expected) {
    if (read != expected) {
      throw new IllegalStateException(read + " read instead of " + expected);
    }
    return read;
  }

  /** Compares the page, some facilities and some series. */
  private void compare() throws SQLException, IOException {
    compare(values(items.page(PAGE)), handler -> byHand.page(handler));
    for (int i = 0; i < CHECKED; i++) {
      int facility = next(data.facilities());
      compare(values(items.page(list(facility))), handler -> byHand.item(code(facility), handler));
      int series = next(data.series());
      List<String> year = new ArrayList<>();
      year(series, value -> add(value, year));
      compare(year, handler -> yearByHand(series, handler));
    }
    turn = 0;
  }

  /** A read by hand-written JDBC. */
  @FunctionalInterface
  private interface Read {
    int into(ValueHandler handler) throws SQLException;
  }

  private static void compare(List<String> platform, Read byHand) throws SQLException {
    List<String> other = new ArrayList<>();
    byHand.into(value -> add(value, other));
    if (platform.isEmpty() || !platform.equals(other)) {
      throw new IllegalStateException(platform + " is not " + other);
    }
  }

  private static List<String> values(Page page) {
    List<String> values = new ArrayList<>();
    for (ItemView item : page.items()) {
      add(item.version(), values);
      add(item, values);
    }
    return values;
  }

  /** Adds a value as text. Of an item it adds all values; null adds nothing. */
  private static void add(@Nullable Object value, List<String> texts) {
    if (value instanceof ItemView item) {
      item.values().forEach(one -> add(one, texts));
    } else if (value instanceof ItemView.Reference other) {
      add(other.code(), texts);
      add(other.name(), texts);
    } else if (value instanceof List<?> list) {
      list.forEach(one -> add(one, texts));
    } else if (value != null) {
      texts.add(value.toString());
    }
  }
}
