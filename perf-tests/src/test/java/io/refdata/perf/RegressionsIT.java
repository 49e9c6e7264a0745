package io.refdata.perf;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.perf.gate.Gate;
import io.refdata.perf.gate.Measurement;
import io.refdata.perf.sabotage.OneByOne;
import io.refdata.perf.sabotage.SabotagedWar;
import io.refdata.persistence.performance.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Checks that the gate notices regressions: the measurements of a release are not critical on a
 * small platform, and become critical when the platform is sabotaged.
 */
@SuppressWarnings("NullAway.Init")
class RegressionsIT {
  private static final int FACILITIES = 5_000;
  private static final int ROWS = 100_000;
  private static final String ITEM = "facilities/PLANT_7";
  private static final String EXPANDED = "facilities?expand=region,organization,emissionSources";
  private static final String YEAR =
      "datasets/MANY/observations?key=PERF_500&from=1995-01-01&to=1995-12-31";

  private static ReadPlatform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = ReadPlatform.start(FACILITIES, ROWS, ROWS);
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
  }

  /** A measurement of the release gate. */
  @FunctionalInterface
  private interface Measuring {
    Measurement measure() throws Exception;
  }

  /** A regression that is made on purpose. */
  @FunctionalInterface
  private interface Sabotage {
    void act() throws Exception;
  }

  private static void assertNoticed(Measuring measuring, Sabotage sabotage) throws Exception {
    assertThat(Gate.verdict(measuring.measure())).as("before").isNotEqualTo(Verdict.CRITICAL);
    sabotage.act();
    assertThat(Gate.verdict(measuring.measure())).as("afterwards").isEqualTo(Verdict.CRITICAL);
  }

  private static Measurement blocks(String id, String path) throws Exception {
    return new AccessCosts(platform).blocks(id, path);
  }

  @Test
  void itemsWithoutAnIndexOfTheirCodes() throws Exception {
    String key = "alter table ref.facility %s constraint facility_code_key %s";
    assertNoticed(
        () -> blocks("item-blocks", ITEM), () -> platform.execute(key.formatted("drop", "")));
    platform.execute(key.formatted("add", "unique (code)"));
    platform.execute("analyze ref.facility");
  }

  @Test
  void observationsWithoutTheirKey() throws Exception {
    String key =
        """
        do $$ begin
          execute format('alter table curated.observation_%%1$s %s constraint observation_%%1$s_pkey %s',
            (select id from curated.dataset where code = 'MANY'));
        end $$
        """;
    assertNoticed(
        () -> blocks("series-blocks", YEAR), () -> platform.execute(key.formatted("drop", "")));
    platform.execute(key.formatted("add", "primary key (dataset_id, series_id, time)"));
  }

  @Test
  void aQueryForEachItemOfAList() throws Exception {
    Path war =
        SabotagedWar.write(Platform.WAR, platform.directory().resolve("sabotaged"), OneByOne.class);
    assertNoticed(
        () -> new AccessCosts(platform).statements("page-statements", EXPANDED),
        () -> platform.restart(war, Map.of()));
  }

  @Test
  void aCacheTooSmallForAnyResponse() throws Exception {
    List<String> items = IntStream.range(0, 25).mapToObj(i -> "facilities/PLANT_" + i).toList();
    assertNoticed(
        () -> new CacheHits(platform).hits("cached-items", items),
        () -> platform.restart(Platform.WAR, Map.of("refdata.answers.bytes", "1000")));
  }
}
