package io.refdata.perf;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.item.value.Code;
import io.refdata.perf.PlainJdbc.Taker;
import io.refdata.persistence.Database;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.item.Address;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.query.ItemRows;
import io.refdata.persistence.item.query.ItemRows.Page;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Range;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What requests ask the database for most, by the code that answers them and by hand-written JDBC
 * on the same connection: a facility by its code, a page of 50 with all that can be expanded, and a
 * year of daily values of a series; another facility and another series each time. Both send
 * statements that the server keeps prepared, and yield the same, which is looked at before.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HotReadBenchmark {
  private static final int PAGE_SIZE = 50;

  /** How many facilities and how many series both sides must agree about. */
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

  /** As a request for observations says it: with the most of an answer, and one. */
  private static final Range YEAR = new Range(FROM, BEFORE, null, null, null, null, 100_001);

  /** From one facility or series to the next, past those on the same page of the table. */
  private static final int STEP = 7_919;

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

  /** Takes the data of this JVM, and sees to it that both sides bring the same of it. */
  @Setup
  public void start() throws SQLException, IOException {
    data = HotData.of(facilities, observations);
    Jdbi jdbi = Database.of(data.connection());
    items = new ItemRows(jdbi);
    values = new Observations(jdbi, data.known());
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
    agree();
  }

  /** A facility, as {@code GET facilities/{code}} reads it. */
  @Benchmark
  public Page item() {
    return whole(items.page(list(next(data.facilities()))), 1);
  }

  /** The same by hand. */
  @Benchmark
  public int itemByHand(Blackhole taker) throws SQLException {
    return whole(byHand.item(code(next(data.facilities())), taker::consume), 1);
  }

  /** 50 facilities with region, operator and emission sources. */
  @Benchmark
  public Page page() {
    return whole(items.page(PAGE), PAGE_SIZE);
  }

  /** The same by hand. */
  @Benchmark
  public int pageByHand(Blackhole taker) throws SQLException {
    return whole(byHand.page(taker::consume), PAGE_SIZE);
  }

  /** A year of a series. */
  @Benchmark
  public int year(Blackhole taker) throws IOException {
    return whole(year(next(data.series()), taker::consume), DAYS);
  }

  /** The same by hand. */
  @Benchmark
  public int yearByHand(Blackhole taker) throws SQLException {
    return whole(yearByHand(next(data.series()), taker::consume), DAYS);
  }

  /** Another place each time, from 0. */
  private int next(int places) {
    turn = (turn + STEP) % places;
    return turn;
  }

  private ItemList list(int place) {
    return ItemList.of(addresses.get(place), Set.of(), null);
  }

  private String code(int place) {
    return addresses.get(place).code().value();
  }

  private int year(int place, Taker taker) throws IOException {
    int[] read = new int[1];
    values.read(
        DATASET,
        selections.get(place),
        YEAR,
        (series, rows) -> {
          while (rows.next()) {
            read[0]++;
            taker.take(rows.time());
            taker.take(rows.value());
            taker.take(rows.status());
          }
        });
    return read[0];
  }

  private int yearByHand(int place, Taker taker) throws SQLException {
    return byHand.series(HotData.DATASET, place + 1, FROM, BEFORE, taker);
  }

  private static Page whole(Page page, int items) {
    whole(page.items().size(), items);
    return page;
  }

  private static int whole(int read, int expected) {
    if (read != expected) {
      throw new IllegalStateException(read + " read instead of " + expected);
    }
    return read;
  }

  /** Of the page, of some facilities and of some series. */
  private void agree() throws SQLException, IOException {
    agree(shown(items.page(PAGE)), taker -> byHand.page(taker));
    for (int i = 0; i < CHECKED; i++) {
      int facility = next(data.facilities());
      agree(shown(items.page(list(facility))), taker -> byHand.item(code(facility), taker));
      int series = next(data.series());
      List<String> year = new ArrayList<>();
      year(series, value -> add(value, year));
      agree(year, taker -> yearByHand(series, taker));
    }
    turn = 0;
  }

  /** A read by hand, whose values are taken. */
  @FunctionalInterface
  private interface Read {
    int into(Taker taker) throws SQLException;
  }

  private static void agree(List<String> platform, Read byHand) throws SQLException {
    List<String> other = new ArrayList<>();
    byHand.into(value -> add(value, other));
    if (platform.isEmpty() || !platform.equals(other)) {
      throw new IllegalStateException(platform + " is not " + other);
    }
  }

  private static List<String> shown(Page page) {
    List<String> shown = new ArrayList<>();
    for (ItemView item : page.items()) {
      add(item.version(), shown);
      add(item, shown);
    }
    return shown;
  }

  /** Adds a value as text, of items all of theirs; where there is none, nothing. */
  private static void add(@Nullable Object value, List<String> texts) {
    if (value instanceof ItemView item) {
      item.values().forEach(one -> add(one, texts));
    } else if (value instanceof ItemView.Reference other) {
      add(other.code(), texts);
      add(other.name(), texts);
    } else if (value instanceof List<?> several) {
      several.forEach(one -> add(one, texts));
    } else if (value != null) {
      texts.add(value.toString());
    }
  }
}
