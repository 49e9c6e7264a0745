package io.refdata.persistence.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Freshness;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.dataset.OnExpiry;
import io.refdata.domain.dataset.Partitioning;
import io.refdata.domain.dataset.UnknownCodes;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.Resampling;
import io.refdata.domain.derivation.Transform;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.Database;
import io.refdata.persistence.dataset.Series;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.derivation.BruteForce.Result;
import io.refdata.persistence.derivation.Derivation.Resampled;
import io.refdata.persistence.freshness.Versions;
import io.refdata.persistence.observation.ObservationRows;
import io.refdata.persistence.observation.Observations;
import io.refdata.persistence.observation.Observations.Ends;
import io.refdata.persistence.observation.Observations.Position;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.persistence.observation.SeriesCache;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Derivations of random questions against brute force, whole and page by page. */
@SuppressWarnings("NullAway.Init")
class DerivationIT {
  private static final int QUESTIONS = Integer.getInteger("refdata.derivation.questions", 80);
  private static final LocalDate FIRST = LocalDate.of(2016, 1, 4);
  private static final LocalDate END = LocalDate.of(2021, 2, 1);
  private static final List<String> TRANSFORMS =
      List.of(
          "lin", "chg", "ch1", "pch", "pc1", "pca", "cch", "cca", "log", "index", "ma:3", "ema:4",
          "sum:5");

  private static final Map<Frequency, Dataset> DATASETS = new EnumMap<>(Frequency.class);

  /** The values of each series, by the first days of their periods. */
  private static final Map<Frequency, Map<String, NavigableMap<LocalDate, Double>>> VALUES =
      new EnumMap<>(Frequency.class);

  private static final Random RANDOM = new Random(Long.getLong("refdata.derivation.seed", 18));
  private static MigratedDatabase database;
  private static Observations observations;

  @BeforeAll
  static void fill() throws Exception {
    database = MigratedDatabase.create();
    observations =
        new Observations(Database.of(database.dataSource()), new SeriesCache(new Versions()));
    int id = 70;
    for (Frequency frequency : List.of(Frequency.D, Frequency.W, Frequency.M, Frequency.Q)) {
      fill(++id, frequency);
    }
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static void fill(int id, Frequency frequency) throws SQLException {
    Dataset dataset =
        new Dataset(
            new Code("RANDOM_" + frequency),
            "Random",
            new Dataset.Details(
                null,
                null,
                frequency,
                List.of(new Dimension(new Code("a"), "code-lists/FUEL")),
                new Partitioning(Interval.YEAR, 1, null, OnExpiry.DETACH),
                new Freshness(null, null),
                UnknownCodes.REJECT));
    dataset.recordedAs(id, 0);
    DATASETS.put(frequency, dataset);
    Map<String, NavigableMap<LocalDate, Double>> all = new TreeMap<>();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into curated.dataset (id, code, name, frequency, dimension_codes, dimension_values, interval)
          overriding system value values (%1$d, 'RANDOM_%2$s', 'Random', '%2$s', '{a}', '{code-lists/FUEL}', 'YEAR');
          select curated.attach_dataset(%1$d);
          select curated.attach_partition(%1$d, make_timestamptz(y, 1, 1, 0, 0, 0, 'UTC')) from generate_series(2016, 2021) y;
          insert into ref.revision (rev, topic, by) overriding system value values (1000000 + %1$d, %1$d, 'test');
          """
              .formatted(id, frequency));
      for (int series = 1; series <= 4; series++) {
        all.put("S" + series, insert(connection, id, id * 10 + series, "S" + series, frequency));
      }
    }
    VALUES.put(frequency, all);
  }

  /**
   * Inserts a series in which some values are missing, 0 or negative, and some periods are not
   * there.
   */
  private static NavigableMap<LocalDate, Double> insert(
      Connection connection, int dataset, int id, String key, Frequency frequency)
      throws SQLException {
    NavigableMap<LocalDate, Double> values = new TreeMap<>();
    int gaps = id % 10 * 3;
    try (PreparedStatement row =
            connection.prepareStatement(
                "insert into curated.observation_%d (time, value, status, dataset_id, series_id, rev) values (?::date at time zone 'UTC', ?, ?, %d, %d, 1000000 + %d)"
                    .formatted(dataset, dataset, id, dataset));
        Statement series = connection.createStatement()) {
      for (long number = frequency.number(instant(FIRST)); ; number++) {
        LocalDate day = LocalDate.ofInstant(frequency.startOf(number), ZoneOffset.UTC);
        if (!day.isBefore(END)) {
          break;
        }
        if (RANDOM.nextInt(100) < gaps) {
          continue;
        }
        double value =
            switch (RANDOM.nextInt(30)) {
              case 0 -> Double.NaN;
              case 1 -> 0;
              case 2 -> -RANDOM.nextDouble() * 100;
              default -> RANDOM.nextDouble() * 100;
            };
        values.put(day, value);
        row.setString(1, day.toString());
        row.setObject(2, Double.isNaN(value) ? null : value, java.sql.Types.DOUBLE);
        row.setString(3, Double.isNaN(value) ? "O" : "A");
        row.addBatch();
      }
      row.executeBatch();
      series.execute(
          "insert into curated.series (id, dataset_id, rev, key, dimensions, first, last) overriding system value values (%d, %d, 1000000 + %d, '%s', array['%s'], '%sZ', '%sZ')"
              .formatted(id, dataset, dataset, key, key, values.firstKey(), values.lastKey()));
    }
    return values;
  }

  private static Instant instant(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  @Test
  void resultsAreThoseOfBruteForceWholeAndPageByPage() throws Exception {
    int results = 0;
    for (int question = 0; question < QUESTIONS; question++) {
      Frequency frequency = List.copyOf(DATASETS.keySet()).get(RANDOM.nextInt(DATASETS.size()));
      @Nullable Aggregation aggregation =
          RANDOM.nextInt(3) == 0
              ? null
              : Aggregation.values()[RANDOM.nextInt(Aggregation.values().length)];
      Derivation derivation = derivation(frequency, aggregation);
      Range range = range();
      String asked =
          "%d: %s %s".formatted(question, derivation, range)
              + (derivation.transform() == null ? "" : derivation.transform().name());
      List<Result> expected = new ArrayList<>();
      BruteForce force = new BruteForce(derivation, aggregation);
      Objects.requireNonNull(VALUES.get(frequency))
          .forEach((key, values) -> expected.addAll(force.results(key, values, range)));
      List<Result> whole = read(derivation, range);
      assertThat(whole).as(asked).hasSameSizeAs(expected);
      for (int i = 0; i < whole.size(); i++) {
        assertThat(whole.get(i)).as(asked).isEqualTo(expected.get(i));
      }
      assertThat(pages(derivation, range)).as("pages of " + asked).isEqualTo(whole);
      results += whole.size();
    }
    assertThat(results).isGreaterThan(100 * QUESTIONS);
  }

  private static Derivation derivation(Frequency frequency, @Nullable Aggregation aggregation) {
    List<Frequency> targets =
        List.of(Frequency.A, Frequency.S, Frequency.Q, Frequency.M, Frequency.W, Frequency.D)
            .stream()
            .filter(target -> target.compareTo(frequency) <= 0)
            .toList();
    Resampled resampled =
        aggregation == null
            ? null
            : new Resampled(
                new Resampling(
                    frequency, targets.get(RANDOM.nextInt(targets.size())), ZoneOffset.UTC),
                aggregation,
                RANDOM.nextBoolean() ? 0 : RANDOM.nextDouble());
    Frequency result = resampled == null ? frequency : resampled.resampling().target();
    String name = TRANSFORMS.get(RANDOM.nextInt(TRANSFORMS.size()));
    if (name.equals("index")) {
      name += ":" + result.format(result.floor(instant(day())));
    }
    Transform transform =
        resampled != null && RANDOM.nextInt(3) == 0 ? null : Transform.parse(name, result, 100);
    return new Derivation(frequency, null, null, resampled, transform);
  }

  private static LocalDate day() {
    return FIRST.plusDays(RANDOM.nextInt((int) ChronoUnit.DAYS.between(FIRST, END)));
  }

  private static Range range() {
    return new Range(
        RANDOM.nextBoolean() ? null : instant(day()),
        RANDOM.nextBoolean() ? null : instant(day()),
        RANDOM.nextInt(3) > 0 ? null : new Ends(1 + RANDOM.nextInt(40), RANDOM.nextBoolean()),
        null,
        null,
        null,
        0);
  }

  private static List<Result> pages(Derivation derivation, Range range) throws IOException {
    int limit = 1 + RANDOM.nextInt(400);
    List<Result> all = new ArrayList<>();
    @Nullable Position after = null;
    while (true) {
      List<Result> page =
          read(
              derivation,
              new Range(range.from(), range.before(), range.ends(), null, null, after, limit + 1));
      boolean more = page.size() > limit;
      List<Result> part = more ? page.subList(0, limit) : page;
      all.addAll(part);
      if (!more) {
        return all;
      }
      Result last = part.get(limit - 1);
      after = new Position(last.series(), derivation.resultFrequency().startOf(last.period()));
    }
  }

  private static List<Result> read(Derivation derivation, Range asked) throws IOException {
    List<Result> results = new ArrayList<>();
    observations.read(
        Objects.requireNonNull(DATASETS.get(derivation.frequency())),
        new SeriesSelection(List.of(), List.of(), null),
        asked,
        new Observations.Reader() {
          @Override
          public Range needed(Range range) {
            return derivation.needed(range);
          }

          @Override
          public void read(Map<Integer, Series> series, ObservationRows stored)
              throws SQLException, IOException {
            ObservationRows rows = derivation.results(series.values(), stored, asked, null);
            while ((asked.limit() == 0 || results.size() < asked.limit()) && rows.next()) {
              results.add(
                  new Result(
                      rows.series().key(),
                      derivation
                          .resultFrequency()
                          .number(Instant.EPOCH.plus(rows.micros(), ChronoUnit.MICROS)),
                      rows.value(),
                      rows.coverage()));
            }
          }
        });
    return results;
  }
}
