package io.refdata.persistence.derivation;

import static io.refdata.persistence.derivation.RegionYears.of;
import static io.refdata.persistence.derivation.RegionYears.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.dataset.RetiredObservations;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.Resampling;
import io.refdata.domain.derivation.Transform;
import io.refdata.domain.derivation.UnansweredQuestion;
import io.refdata.persistence.derivation.Aggregate.Weight;
import io.refdata.persistence.derivation.Derivation.Resampled;
import io.refdata.persistence.observation.Observations.Range;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Results of past states stay what they were, whatever comes later, or are refused. */
@SuppressWarnings("NullAway.Init")
class PastDerivationIT {
  private static MigratedDatabase database;

  @BeforeAll
  static void start() {
    database = MigratedDatabase.create();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static Derivation derivation(
      @Nullable String unit, @Nullable Frequency longer, @Nullable String transform) {
    return new Derivation(
        Frequency.M,
        unit,
        null,
        longer == null
            ? null
            : new Resampled(
                new Resampling(Frequency.M, longer, ZoneOffset.UTC), Aggregation.SUM, 0),
        transform == null
            ? null
            : Transform.parse(transform, longer == null ? Frequency.M : longer, 100));
  }

  private static Derivation aggregate() {
    return new Derivation(
        Frequency.M, null, new Aggregate(0, Aggregation.SUM, 0, null), null, null);
  }

  private static Derivation transform(String name) {
    return derivation(null, null, name);
  }

  @Test
  void whatComesLaterLeavesThemAsTheyWere() throws IOException {
    RegionYears years = new RegionYears(database, 71);
    int revision =
        years.push(
            "FRA 2019-11 1", "FRA 2019-12 2", "FRA 2020-01 4", "DEU 2020-01 10", "DEU 2020-02 5");
    List<Derivation> derivations = new ArrayList<>();
    for (String name :
        List.of("chg", "pch", "cca", "pc1", "index:2019-12", "ma:2", "ema:2", "sum:3", "log")) {
      derivations.add(transform(name));
    }
    derivations.add(derivation("TJ", null, null));
    derivations.add(derivation("TJ", Frequency.Q, "chg"));
    derivations.add(derivation(null, Frequency.A, null));
    List<Range> ranges =
        List.of(
            range(null, null, revision),
            range("2019-12", "2020-02", revision),
            range("2020-01", null, revision));
    List<List<String>> before = new ArrayList<>();
    for (Derivation derivation : derivations) {
      for (Range range : ranges) {
        before.add(years.read(derivation, of(), range));
      }
    }
    assertThat(before.get(0))
        .containsExactly(
            "FRA 2019-11 NaN M",
            "FRA 2019-12 1.0 A",
            "FRA 2020-01 2.0 A",
            "DEU 2020-01 NaN M",
            "DEU 2020-02 -5.0 A");
    years.push("ITA 2019-12 7", "ESP 1990-01 3", "FRA 2018-11 9", "FRA 2021-05 9");
    years.push("FRA 2019-11 100", "DEU 2020-01 200", "FRA 2020-02 3", "DEU 2019-12 1");
    years.delete("FRA");
    List<List<String>> after = new ArrayList<>();
    for (Derivation derivation : derivations) {
      for (Range range : ranges) {
        after.add(years.read(derivation, of(), range));
      }
    }
    assertThat(after).isEqualTo(before);
  }

  @Test
  void unitsAreCheckedWhereTheStateHasValuesOnly() throws IOException {
    RegionYears years = new RegionYears(database, 72);
    years.execute(
        """
        insert into ref.unit (code, name) values ('P_BARREL', 'Barrel');
        insert into ref.conversion (code, name, from_id, to_id, factor, valid_from, valid_to)
        select 'P_BARRELS', 'Barrels', f.id, t.id, 2, date '2020-01-01', date '2020-12-31'
          from ref.unit f, ref.unit t where f.code = 'GWH' and t.code = 'P_BARREL';
        """);
    Derivation barrels = derivation("P_BARREL", null, null);
    int revision = years.push("FRA 2020-01 1", "FRA 2020-02 2", "DEU 2020-02 3");
    List<String> before = years.read(barrels, of(), range(null, null, revision));
    assertThat(before)
        .containsExactly("FRA 2020-01 2.0 A", "FRA 2020-02 4.0 A", "DEU 2020-02 6.0 A");
    years.push("FRA 2019-12 5", "DEU 2021-01 6", "ITA 2021-01 7");
    assertThat(years.read(barrels, of(), range(null, null, revision))).isEqualTo(before);
    assertThat(years.read(barrels, of(), range("2020-01", "2020-03", null))).isEqualTo(before);
    assertThatThrownBy(() -> years.read(barrels, of(), range(null, null, null)))
        .isInstanceOf(UnansweredQuestion.class)
        .hasMessageContaining("FRA (GWH, on 2019-12-01)")
        .hasMessageContaining("DEU (GWH, on 2021-01-01)")
        .hasMessageContaining("ITA (GWH, on 2021-01-01)");
    assertThatThrownBy(
            () ->
                years.read(
                    derivation("P_BARREL", Frequency.A, null), of(), range("2021-01", null, null)))
        .isInstanceOf(UnansweredQuestion.class)
        .hasMessageContaining("DEU (GWH, on 2021-01-01)")
        .hasMessageNotContaining("FRA");
  }

  @Test
  void aTransformThatLooksBackToWhereThereIsNoFactorLacksAPredecessor() throws IOException {
    RegionYears years = new RegionYears(database, 73);
    years.execute(
        """
        insert into ref.unit (code, name) values ('P_TANK', 'Tank');
        insert into ref.conversion (code, name, from_id, to_id, factor, valid_from)
        select 'P_TANKS', 'Tanks', f.id, t.id, 2, date '2020-01-01'
          from ref.unit f, ref.unit t where f.code = 'GWH' and t.code = 'P_TANK';
        """);
    years.push("FRA 2019-11 1", "FRA 2019-12 2", "FRA 2020-01 3", "FRA 2020-02 5");
    assertThat(years.read(derivation("P_TANK", null, "chg"), of(), range("2020-01", null, null)))
        .containsExactly("FRA 2020-01 NaN M", "FRA 2020-02 4.0 A");
    assertThat(years.read(derivation("P_TANK", null, "ema:2"), of(), range("2020-01", null, null)))
        .containsExactly("FRA 2020-01 NaN M", "FRA 2020-02 8.0 A");
    // Of a longer period that begins before, only a part would be added up.
    assertThatThrownBy(
            () ->
                years.read(
                    derivation("P_TANK", Frequency.Q, "chg"), of(), range("2020-01", null, null)))
        .isInstanceOf(UnansweredQuestion.class)
        .hasMessageContaining("FRA (GWH, on 2019-11-01)");
    assertThat(
            years.read(derivation("P_TANK", Frequency.Q, null), of(), range("2020-01", null, null)))
        .containsExactly("FRA 2020-Q1 16.0 I");
    assertThatThrownBy(
            () -> years.read(derivation("P_TANK", null, "chg"), of(), range("2019-12", null, null)))
        .isInstanceOf(UnansweredQuestion.class)
        .hasMessageContaining("FRA (GWH, on 2019-12-01)");
  }

  @Test
  void whatRetentionRemovedIsRefusedWhereItIsNeeded() throws IOException {
    RegionYears years = new RegionYears(database, 74);
    int revision =
        years.push(
            "FRA 2019-11 1", "FRA 2019-12 2", "FRA 2020-01 4", "FRA 2020-02 8", "FRA 2021-01 9");
    List<String> names = List.of("chg", "pc1", "ma:2", "sum:3", "ema:2", "index:2019-12");
    for (String name : names) {
      assertThat(years.read(transform(name), of(), range("2020-01", null, revision))).hasSize(3);
    }
    List<String> kept = years.read(transform("chg"), of(), range("2020-02", null, revision));
    int removal = years.retire("2020-01");
    for (String name : names) {
      assertThatThrownBy(() -> years.read(transform(name), of(), range("2020-01", null, revision)))
          .as(name)
          .isInstanceOf(RetiredObservations.class);
      assertThat(years.read(transform(name), of(), range("2020-01", null, null)))
          .as("what is left, " + name)
          .isEqualTo(years.read(transform(name), of(), range("2020-01", null, removal)));
    }
    assertThat(years.read(transform("chg"), of(), range("2020-02", null, revision)))
        .isEqualTo(kept);
    assertThat(years.read(transform("lin"), of(), range("2020-01", null, revision))).hasSize(3);
    List<String> left = years.read(transform("ema:2"), of(), range("2021-01", null, removal));
    years.retire("2021-01");
    assertThat(left).containsExactly("FRA 2021-01 NaN M");
    assertThatThrownBy(() -> years.read(transform("ema:2"), of(), range("2021-01", null, removal)))
        .isInstanceOf(RetiredObservations.class);
  }

  @Test
  void aSeriesWithoutValuesIsNoneOfTheRegion() throws IOException {
    RegionYears years = new RegionYears(database, 75);
    int own = years.push("G7 2020-01 100", "FRA 2020-01 1", "DEU 2020-01 2");
    assertThat(years.read(aggregate(), of("G7").withParts(0), range(null, null, null)))
        .containsExactly("G7 2020-01 100.0 A");
    int deleted = years.delete("G7");
    List<String> made = List.of("G7 2020-01 3.0 I");
    assertThat(years.read(aggregate(), of("G7").withParts(0), range(null, null, null)))
        .isEqualTo(made);
    assertThat(years.read(aggregate(), of("G7").withParts(0), range(null, null, own)))
        .containsExactly("G7 2020-01 100.0 A");
    years.push("G7 2020-01 50");
    assertThat(years.read(aggregate(), of("G7").withParts(0), range(null, null, null)))
        .containsExactly("G7 2020-01 50.0 A");
    assertThat(years.read(aggregate(), of("G7").withParts(0), range(null, null, deleted)))
        .isEqualTo(made);
    assertThat(years.read(aggregate(), of("G7").withParts(0), range("2020-02", null, null)))
        .as("it has its own, elsewhere")
        .isEmpty();
  }

  @Test
  void whetherARegionHadItsOwnIsNotGuessedAfterRetention() throws IOException {
    RegionYears years = new RegionYears(database, 76);
    int revision = years.push("G7 2019-01 100", "FRA 2020-01 1", "EU 2020-01 7", "EU 2019-01 8");
    assertThat(years.read(aggregate(), of("G7").withParts(0), range("2020-01", null, revision)))
        .isEmpty();
    years.retire("2020-01");
    assertThatThrownBy(
            () -> years.read(aggregate(), of("G7").withParts(0), range("2020-01", null, revision)))
        .isInstanceOf(RetiredObservations.class);
    assertThat(years.read(aggregate(), of("EU").withParts(0), range("2020-01", null, revision)))
        .containsExactly("EU 2020-01 7.0 A");
    assertThat(years.read(aggregate(), of("G7").withParts(0), range("2020-01", null, null)))
        .containsExactly("G7 2020-01 1.0 I");
  }

  @Test
  void weightsThatRetentionRemovedAreMissingNow() throws IOException {
    RegionYears years = new RegionYears(database, 77);
    RegionYears weights = new RegionYears(database, 78);
    years.push("FRA 2019-12 1", "DEU 2019-12 3", "FRA 2020-01 2", "DEU 2020-01 4");
    weights.push("FRA 2019-12 1", "DEU 2019-12 1", "FRA 2020-01 1", "DEU 2020-01 1");
    Weight weight = new Weight(weights.dataset(), of("G7").withParts(0), 0);
    Derivation change =
        new Derivation(
            Frequency.M,
            null,
            new Aggregate(0, null, 0, weight),
            null,
            Transform.parse("chg", Frequency.M, 100));
    assertThat(years.read(change, of("G7").withParts(0), range("2020-01", null, null)))
        .containsExactly("G7 2020-01 1.0 I");
    weights.retire("2020-01");
    assertThat(years.read(change, of("G7").withParts(0), range("2020-01", null, null)))
        .containsExactly("G7 2020-01 NaN M");
    assertThatThrownBy(
            () -> years.read(change, of("G7").withParts(0), range("2019-12", null, null)))
        .isInstanceOf(RetiredObservations.class);
  }
}
