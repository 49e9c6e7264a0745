package io.refdata.domain.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.dataset.Frequency;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

class ResultStandingsTest {
  private static final Standing LACKING = new Standing("I", 0.5, List.of("FRA"));

  @Test
  void aResultNamesWhoIsMissingInAnyValueThatItIsMadeOf() {
    ResultStandings sums = standings("sum:3");
    assertThat(sums.next(1, 1, whole())).isEqualTo(whole());
    assertThat(sums.next(2, 1, LACKING)).isEqualTo(LACKING);
    assertThat(sums.next(3, 1, new Standing("E", 0.75, List.of("DEU"))))
        .isEqualTo(new Standing("I", 0.5, List.of("DEU", "FRA")));
    assertThat(sums.next(4, 1, whole())).isEqualTo(new Standing("I", 0.5, List.of("DEU", "FRA")));
    assertThat(sums.next(5, 1, whole())).isEqualTo(new Standing("E", 0.75, List.of("DEU")));
    assertThat(sums.next(6, 1, whole())).isEqualTo(whole());
  }

  @Test
  void aChangeIsAsWholeAsTheLessWholeOfItsTwoValues() {
    ResultStandings changes = standings("pch");
    changes.next(1, 1, LACKING);
    assertThat(changes.next(2, 1, whole())).isEqualTo(LACKING);
    assertThat(changes.next(3, 1, whole())).isEqualTo(whole());
  }

  @Test
  void anIndexIsAsWholeAsItsBase() {
    ResultStandings indexes = standings("index:2000");
    indexes.base(LACKING);
    assertThat(indexes.next(1, 1, whole())).isEqualTo(LACKING);
  }

  @Test
  void anExponentialAverageIsAsWholeAsAllSinceItsBeginning() {
    ResultStandings averages = standings("ema:2");
    averages.next(1, 1, LACKING);
    assertThat(averages.next(2, 1, whole())).isEqualTo(LACKING);
    assertThat(averages.next(9, 1, whole())).as("after a gap").isEqualTo(whole());
  }

  @Test
  void ofManyValuesTheResultIsThatOfAllInReach() {
    Random random = new Random(7);
    for (String name : List.of("lin", "chg", "pc1", "ma:1", "sum:4", "ma:12")) {
      Transform transform = Transform.parse(name, Frequency.Q, 100);
      ResultStandings standings = new ResultStandings(transform, Frequency.Q);
      SortedMap<Long, Standing> all = new TreeMap<>();
      long period = 0;
      for (int i = 0; i < 2_000; i++) {
        period += random.nextInt(4) == 0 ? 1 + random.nextInt(6) : 1;
        Standing own = random.nextInt(3) == 0 ? random(random) : whole();
        all.put(period, own);
        long last = period;
        LongPredicate used =
            switch (transform.name()) {
              case CHG -> one -> one == last - 1;
              case PC1 -> one -> one == last - 4;
              default -> one -> one >= last - transform.lookback().orElseThrow();
            };
        assertThat(standings.next(period, 1, own))
            .as("%s at %d", name, period)
            .isEqualTo(together(own, all, used));
      }
    }
  }

  private static Standing together(
      Standing own, SortedMap<Long, Standing> all, LongPredicate used) {
    String status = own.status();
    double coverage = own.coverage();
    TreeSet<String> missing = new TreeSet<>(own.missing());
    for (var each : all.entrySet()) {
      if (used.test(each.getKey())) {
        status = Status.worse(status, each.getValue().status());
        coverage = Math.min(coverage, each.getValue().coverage());
        missing.addAll(each.getValue().missing());
      }
    }
    return new Standing(status, coverage, List.copyOf(missing));
  }

  private static Standing random(Random random) {
    return new Standing(
        List.of("I", "E", "P", "A").get(random.nextInt(4)),
        random.nextInt(1, 5) / 4.0,
        List.of(List.<String>of(), List.of("DEU"), List.of("DEU", "FRA"), List.of("ITA"))
            .get(random.nextInt(4)));
  }

  private static Standing whole() {
    return new Standing("A", 1, List.of());
  }

  private static ResultStandings standings(String name) {
    return new ResultStandings(Transform.parse(name, Frequency.A, 100), Frequency.A);
  }
}
