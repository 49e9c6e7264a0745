package io.refdata.batch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.Interval;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.Resampling;
import io.refdata.domain.derivation.Transform;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.item.fault.Precondition;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.rollup.Rollup;
import io.refdata.persistence.bucket.KeptRegions;
import io.refdata.persistence.dataset.DatasetCache;
import io.refdata.persistence.dataset.SeriesSelection;
import io.refdata.persistence.derivation.Aggregate;
import io.refdata.persistence.derivation.Derivation;
import io.refdata.persistence.derivation.Derivation.Resampled;
import io.refdata.persistence.observation.Observations.Ends;
import io.refdata.persistence.observation.Observations.Position;
import io.refdata.persistence.observation.Observations.Range;
import io.refdata.persistence.rollup.RefillRollups;
import io.refdata.persistence.rollup.Rollups;
import io.refdata.persistence.rollup.Rollups.Definition;
import io.refdata.persistence.rollup.Rollups.Regions;
import io.refdata.persistence.upkeep.OptimizationLog;
import io.refdata.settings.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After a random history of loads, pushes, deletions and changes of memberships, what rollups of
 * regions answer is what the observations of the members come to, bit for bit, now and at every
 * past revision.
 */
@SuppressWarnings("NullAway.Init")
class RolledRegionsIT {
  private static final long SEED = Long.getLong("rollups.seed", System.nanoTime());
  private static final int WRITES = Integer.getInteger("rollups.writes", 12);
  private static final Precondition ANY = new Precondition(null, true, false);
  private static final List<Frequency> LONGER = List.of(Frequency.M, Frequency.W, Frequency.A);
  private static final List<Aggregation> RULES =
      List.of(Aggregation.SUM, Aggregation.MEAN, Aggregation.MIN, Aggregation.MAX);

  @TempDir private static Path directory;
  private static MigratedDatabase database;

  private final Random random = new Random(SEED);
  private Pipeline pipeline;
  private Dataset dataset;
  private RolledReads reads;
  private Rollups rollups;

  /** A revision of the dataset with the one of the reference data at that time. */
  private record State(int observations, int references) {}

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void regionsAreWhatTheirMembersComeToNowAndAtEveryPastRevision() throws IOException {
    pipeline = new Pipeline(database.dataSource(), directory);
    dataset = pipeline.dataset("ROLLED_REGIONS", Frequency.D, Interval.MONTH, "region=regions");
    RollupHistory history = new RollupHistory(pipeline, dataset, random);
    reads = new RolledReads(pipeline, dataset);
    rollups = new Rollups(pipeline.jdbi());
    RolledGroup.changeMembers(pipeline.jdbi(), random);
    for (Frequency longer : LONGER) {
      put(longer, Precondition.NONE);
    }
    List<State> states = new ArrayList<>();
    for (int write = 0; write < WRITES; write++) {
      history.write();
      if (random.nextInt(8) == 0) {
        RolledGroup.changeMembers(pipeline.jdbi(), random);
        compare(null);
        put(LONGER.get(random.nextInt(LONGER.size())), ANY);
      }
      states.add(state());
      if (write % 4 == 0) {
        compare(null);
      }
    }
    LONGER.forEach(longer -> put(longer, ANY));
    compare(null);
    int before = reads.answeredByRollups();
    for (State state : states) {
      compare(state);
    }
    assertThat(reads.answeredByRollups()).isGreaterThan(before + WRITES / 10);
    Derivation months = derivation(Frequency.M, Aggregation.SUM, Aggregation.MEAN, 0, null);
    Range all = new Range(null, null, null, null, null, null, 0);
    before = reads.answeredByRollups();
    for (String region : List.of("EU", "ROLLED")) {
      SeriesSelection one = new SeriesSelection(keys(region), List.of(), null, 0);
      assertThat(reads.read(one, months, all, true)).isEqualTo(reads.read(one, months, all, false));
    }
    assertThat(reads.answeredByRollups()).isEqualTo(before + 2);
  }

  private static List<List<List<Code>>> keys(String... regions) {
    return List.of(List.of(Arrays.stream(regions).map(Code::new).toList()));
  }

  @Test
  void regionsAreKeptByTheRuleOfTheIndicatorUntilItHasAnother() throws IOException, SQLException {
    pipeline = new Pipeline(database.dataSource(), directory);
    pipeline
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into ref.indicator (code, name, aggregation) values ('ruled', 'Ruled',"
                        + " 'MAX')"));
    dataset =
        pipeline.dataset(
            "RULED", Frequency.M, Interval.YEAR, "region=regions", "indicator=indicators");
    pipeline.load(
        dataset,
        "{\"into\": \"datasets/RULED\"}",
        "UPSERT",
        """
        region,indicator,time,value
        FRA,ruled,2020-01,1
        DEU,ruled,2020-01,2
        DEU,ruled,2020-03,4
        """);
    reads = new RolledReads(pipeline, dataset);
    rollups = new Rollups(pipeline.jdbi());
    put("RULED", Frequency.A, List.of("G7"), Precondition.NONE);
    List<String> greatest = readByIndicator(1);
    pipeline
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "update ref.indicator set aggregation = 'SUM' where code = 'ruled'"));
    assertThat(readByIndicator(0)).isNotEqualTo(greatest);
    put("RULED", Frequency.A, List.of("G7"), ANY);
    readByIndicator(1);
    assertThat(kept("G7", latest(dataset.id()), "G7.ruled")).containsExactly(1);
    assertThat(kept("G7", null, "G7.other")).as("nothing that is not asked for").containsExactly(0);
    assertThat(kept("EU", null, "EU.ruled")).isEmpty();
    assertThat(kept("G7", -1, "G7.ruled")).as("of the past that it does not know").isEmpty();
  }

  /** The number of series of each rollup that is found. */
  private List<Integer> kept(String region, @Nullable Integer asOf, String key)
      throws SQLException {
    KeptRegions.Wanted wanted =
        new KeptRegions.Wanted(
            Objects.requireNonNull(dataset.id()),
            Frequency.A,
            "region",
            List.of(region),
            asOf,
            List.of(key));
    return pipeline
        .jdbi()
        .withHandle(handle -> KeptRegions.find(handle.getConnection(), wanted))
        .stream()
        .map(found -> found.series().size())
        .toList();
  }

  @Test
  void whatIsOutdatedIsFilledAnewUnlessSomebodyDefinesItMeanwhile() {
    pipeline = new Pipeline(database.dataSource(), directory);
    Jdbi jdbi = pipeline.jdbi();
    dataset = pipeline.dataset("REFILLED", Frequency.M, Interval.YEAR, "region=regions");
    rollups = new Rollups(jdbi);
    RolledGroup.onSomeDays(jdbi, "OFTEN", 1);
    RolledGroup.onSomeDays(jdbi, "SELDOM", 1);
    put("0_OFTEN", Frequency.A, List.of("OFTEN"), Precondition.NONE);
    for (String name : List.of("1_FILLED", "2_EDITED", "3_REPLACED")) {
      put(name, Frequency.A, List.of("SELDOM"), Precondition.NONE);
    }
    RolledGroup.onSomeDays(
        jdbi, "OFTEN", Math.toIntExact(Setting.AGGREGATION_CHANGES.number() / 2 + 1));
    RolledGroup.onSomeDays(jdbi, "SELDOM", 2);
    List<String> steps = new ArrayList<>();
    refill()
        .run(
            step -> {
              steps.add(step.subject() + " " + step.outcome());
              if (step.subject().endsWith("1_FILLED")) {
                putMeans("2_EDITED", ANY);
                rollups.delete(dataset, new Code("3_REPLACED"), ANY);
                putMeans("3_REPLACED", Precondition.NONE);
              }
            });
    assertThat(steps)
        .containsExactly(
            "REFILLED 0_OFTEN FAILED",
            "REFILLED 1_FILLED DONE",
            "REFILLED 2_EDITED DONE",
            "REFILLED 3_REPLACED DONE");
    assertThat(find("1_FILLED").regions())
        .extracting(regions -> regions.members().size())
        .isEqualTo(2);
    assertThat(find("2_EDITED").aggregation()).isEqualTo(Aggregation.MEAN);
    assertThat(find("2_EDITED").version()).isEqualTo(1);
    assertThat(find("3_REPLACED").aggregation()).isEqualTo(Aggregation.MEAN);
    assertThat(find("3_REPLACED").version()).isZero();
  }

  private RefillRollups refill() {
    DatasetCache datasets =
        new DatasetCache() {
          @Override
          public Optional<Dataset> find(Code code) {
            return Optional.of(dataset).filter(one -> one.code().equals(code));
          }
        };
    return new RefillRollups(
        pipeline.jdbi(), new OptimizationLog(pipeline.jdbi()), datasets, rollups);
  }

  private void putMeans(String name, Precondition condition) {
    Definition means =
        new Definition(Frequency.A, Aggregation.MEAN, new Regions("region", List.of("SELDOM")));
    rollups.put(dataset, new Code(name), means, condition);
  }

  private Rollup find(String name) {
    return rollups.find(dataset, new Code(name)).orElseThrow();
  }

  @Test
  void aBucketMustFitIntoMemoryInALeapYearToo() {
    pipeline = new Pipeline(database.dataSource(), directory);
    dataset = pipeline.dataset("LEAP_YEARS", Frequency.H, Interval.MONTH, "region=regions");
    rollups = new Rollups(pipeline.jdbi());
    long most = Setting.AGGREGATION_VALUES.number();
    RolledGroup.ofCountries(pipeline.jdbi(), "JUST_FITS", most / (366 * 24));
    RolledGroup.ofCountries(pipeline.jdbi(), "TOO_MANY", most / (365 * 24));
    put("FITS", Frequency.A, List.of("JUST_FITS"), Precondition.NONE);
    assertThatThrownBy(() -> put("TOO_MANY", Frequency.A, List.of("TOO_MANY"), Precondition.NONE))
        .isInstanceOf(InvalidItem.class);
  }

  private List<String> readByIndicator(int byRollups) throws IOException {
    Derivation years =
        new Derivation(
            Frequency.M,
            null,
            new Aggregate(0, null, 0, null),
            new Resampled(new Resampling(Frequency.M, Frequency.A, ZoneOffset.UTC), null, 0),
            null);
    SeriesSelection selection =
        new SeriesSelection(
            List.of(List.of(List.of(new Code("G7")), List.of())), List.of(), null, 0);
    Range all = new Range(null, null, null, null, null, null, 0);
    int before = reads.answeredByRollups();
    List<String> rows = reads.read(selection, years, all, true);
    assertThat(reads.answeredByRollups()).isEqualTo(before + byRollups);
    assertThat(rows).hasSize(1).isEqualTo(reads.read(selection, years, all, false));
    return rows;
  }

  /** The members of one of the rollups stay as they are, those of the other change. */
  private void put(Frequency longer, Precondition condition) {
    put("UNIONS_BY_" + longer, longer, List.of("EU", "G7"), condition);
    put("CHANGING_BY_" + longer, longer, List.of("ROLLED"), condition);
  }

  private void put(String name, Frequency longer, List<String> codes, Precondition condition) {
    rollups.put(
        dataset,
        new Code(name),
        new Definition(
            longer, longer == Frequency.W ? Aggregation.MEAN : null, new Regions("region", codes)),
        condition);
  }

  private State state() {
    return new State(latest(dataset.id()), latest(0));
  }

  private int latest(@Nullable Integer topic) {
    return pipeline
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select max(rev) from ref.revision where topic = ?")
                    .bind(0, topic)
                    .mapTo(Integer.class)
                    .one());
  }

  private void compare(@Nullable State state) throws IOException {
    for (int i = 0; i < 4; i++) {
      Frequency longer = LONGER.get(random.nextInt(LONGER.size()));
      Derivation derivation = derivation(longer);
      Range range = range(state == null ? null : state.observations());
      SeriesSelection selection = selection(state);
      List<String> expected = reads.read(selection, derivation, range, false);
      String question = "seed %d, %s, %s, %s".formatted(SEED, selection, derivation, range);
      assertThat(reads.read(selection, derivation, range, true))
          .as(question)
          .containsExactlyElementsOf(expected);
      if (!expected.isEmpty()) {
        String[] words = expected.get(random.nextInt(expected.size())).split(" ", -1);
        Instant time = Instant.EPOCH.plus(Long.parseLong(words[1]), ChronoUnit.MICROS);
        Range rest =
            new Range(
                range.from(),
                range.before(),
                range.ends(),
                range.asOf(),
                null,
                new Position(words[0], time),
                0);
        assertThat(reads.read(selection, derivation, rest, true))
            .as(question)
            .containsExactlyElementsOf(reads.read(selection, derivation, rest, false));
      }
    }
  }

  private SeriesSelection selection(@Nullable State state) {
    List<List<List<Code>>> keys =
        switch (random.nextInt(5)) {
          case 0 -> keys("EU", "G7");
          case 1 -> keys("EU", "FRA");
          case 2 -> keys("EU");
          default -> keys("ROLLED");
        };
    return new SeriesSelection(keys, List.of(), state == null ? null : state.references(), 0);
  }

  private Derivation derivation(Frequency longer) {
    Aggregation rule = RULES.get(random.nextInt(RULES.size()));
    double minCoverage = random.nextInt(3) > 0 ? 0 : random.nextDouble();
    Transform transform =
        random.nextInt(3) > 0
            ? null
            : Transform.parse(List.of("chg", "pc1", "ma:3").get(random.nextInt(3)), longer, 100);
    Aggregation ofPeriods = Aggregation.values()[random.nextInt(6)];
    return derivation(
        longer, rule, random.nextBoolean() ? rule : ofPeriods, minCoverage, transform);
  }

  private static Derivation derivation(
      Frequency longer,
      Aggregation ofMembers,
      Aggregation ofPeriods,
      double minCoverage,
      @Nullable Transform transform) {
    return new Derivation(
        Frequency.D,
        null,
        new Aggregate(0, ofMembers, minCoverage, null),
        new Resampled(new Resampling(Frequency.D, longer, ZoneOffset.UTC), ofPeriods, minCoverage),
        transform);
  }

  private Range range(@Nullable Integer asOf) {
    Instant from = Instant.parse("2019-12-01T00:00:00Z").plusSeconds(random.nextInt(30_000_000));
    return new Range(
        random.nextBoolean() ? from : null,
        random.nextBoolean() ? from.plusSeconds(random.nextInt(30_000_000)) : null,
        random.nextInt(3) == 0 ? new Ends(1 + random.nextInt(5), random.nextBoolean()) : null,
        asOf,
        null,
        null,
        0);
  }
}
