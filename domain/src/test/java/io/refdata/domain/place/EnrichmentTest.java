package io.refdata.domain.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.item.value.YearOrDay;
import io.refdata.domain.place.CountryRegions.Region;
import io.refdata.domain.place.Enrichment.Facility;
import io.refdata.domain.place.Enrichment.Place;
import io.refdata.domain.place.Enrichment.Reach;
import io.refdata.domain.place.Enrichment.Row;
import io.refdata.domain.place.Neighbours.Around;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The enrichment of some facilities that are easy to find on a map. */
class EnrichmentTest {
  private static final LocalDate DAY = LocalDate.parse("2026-01-31");

  private static final List<Region> REGIONS =
      List.of(
          region("M49-001", "WORLD", "001", null),
          region("M49-150", "CONTINENT", "150", "M49-001"),
          region("FRA", "COUNTRY", "250", "M49-150"),
          region("FR-IDF", "SUBDIVISION", null, "FRA"),
          region("DEU", "COUNTRY", "276", "M49-150"),
          region("REU", "COUNTRY", "638", "M49-001"),
          region("EU27", "GROUP", null, null),
          new Region("DDR", "COUNTRY", "276", null, null, LocalDate.parse("1990-10-02")),
          new Region("ZRI", "COUNTRY", "638", null, DAY.plusDays(1), null));

  private static final Position PARIS = new Position(48.8566, 2.3522);
  private static final Position BERLIN = new Position(52.52, 13.405);

  @Test
  void aRegionDiffersIfItIsNeitherTheCountryNorAPartOfItNorAroundIt() {
    assertThat(place("FRA", PARIS)).isEqualTo(new Place("France", "FRA", false, null, null, null));
    assertThat(place("FR-IDF", PARIS).differs()).isFalse();
    assertThat(place("M49-150", PARIS).differs()).isFalse();
    assertThat(place("M49-001", PARIS).differs()).isFalse();
    Place wrong = place("DEU", PARIS);
    assertThat(wrong.differs()).isTrue();
    assertThat(wrong.region()).isEqualTo("FRA");
    assertThat(wrong.toRegionKm()).isBetween(250.0, 350.0);
    Place unknown = place("EU27", PARIS);
    assertThat(unknown.differs()).isNull();
    assertThat(unknown.toRegionKm()).isNull();
    assertThat(place("NOWHERE", PARIS).differs()).isNull();
  }

  @Test
  void aTerritoryIsTheCountryThatExistsOnTheDay() {
    assertThat(place("DEU", BERLIN).region()).isEqualTo("DEU");
    assertThat(place("REU", new Position(-21.1, 55.5)).region()).isEqualTo("REU");
    CountryRegions later = new CountryRegions(REGIONS, DAY.plusDays(1));
    assertThat(later.of(new Territory("638", ""))).isEqualTo("REU");
    CountryRegions before = new CountryRegions(REGIONS, LocalDate.parse("1990-10-02"));
    assertThat(before.of(new Territory("276", ""))).as("the first code").isEqualTo("DDR");
  }

  @Test
  void landWithoutARegionIsNamedAndNothingIsSaidOfTheRegionOnRecord() {
    Place kosovo = place("FRA", new Position(42.6629, 21.1655));
    assertThat(kosovo.territory()).isEqualTo("Kosovo");
    assertThat(kosovo.region()).isNull();
    assertThat(kosovo.differs()).isNull();
    assertThat(kosovo.toRegionKm()).as("Corsica").isBetween(900.0, 1_000.0);
    assertThat(kosovo.toBorderKm()).isBetween(15.0, 25.0);
  }

  @Test
  void aPlaceFarOutInTheSeaIsInNoRegion() {
    Place farm = place("DEU", new Position(54, 7));
    assertThat(farm.region()).isEqualTo("DEU");
    assertThat(farm.offshoreKm()).isBetween(30.0, 36.0);
    Place ocean = place("DEU", new Position(0, -30));
    assertThat(ocean.territory()).isNull();
    assertThat(ocean.region()).isNull();
    assertThat(ocean.differs()).isNull();
    assertThat(ocean.toRegionKm()).isGreaterThan(5_000);
  }

  @Test
  void onlyWhatIsInOperationIsANeighbour() {
    Enrichment enrichment =
        enrichment(
            new Facility("A", "FRA", PARIS, "GAS", 10.0, true),
            new Facility("B", "FRA", new Position(48.9, 2.4), "GAS", 20.0, true),
            new Facility("C", "FRA", new Position(48.9, 2.4), "COAL", 40.0, false),
            new Facility("D", "FRA", new Position(48.8, 2.3), null, null, true),
            new Facility("E", "DEU", BERLIN, "WIND", 80.0, true),
            new Facility("F", "FRA", null, "HYDRO", 160.0, true));
    assertThat(enrichment.fuels()).containsExactly("GAS", "WIND");
    assertThat(enrichment.size()).isEqualTo(6);
    Around a = around(enrichment.row(0));
    assertThat(a.count()).isEqualTo(2);
    assertThat(a.withoutCapacity()).isEqualTo(1);
    assertThat(a.capacityMw()).isEqualTo(20);
    assertThat(a.capacityMwByFuel()).containsExactly(20.0, 0.0);
    assertThat(a.nearestKm())
        .containsExactly(PARIS.kilometresTo(new Position(48.9, 2.4)), PARIS.kilometresTo(BERLIN));
    Around retired = around(enrichment.row(2));
    assertThat(retired.count()).as("it is none itself").isEqualTo(3);
    assertThat(retired.nearestKm().get(0)).isZero();
    assertThat(around(enrichment.row(4)).nearestKm().get(1)).as("no other wind").isNaN();
    Row without = enrichment.row(5);
    assertThat(without.place()).isNull();
    assertThat(without.around()).isNull();
  }

  @Test
  void aFacilityIsInOperationFromItsFirstDayToItsLastAndInWholeYears() {
    assertThat(operates(null, null)).isTrue();
    assertThat(operates("2026-01-31", "2026-01-31")).isTrue();
    assertThat(operates("2026-02-01", null)).isFalse();
    assertThat(operates(null, "2026-01-30")).isFalse();
    assertThat(operates("2026", "2026")).isTrue();
    assertThat(operates("2027", null)).isFalse();
    assertThat(operates(null, "2025")).isFalse();
  }

  private static boolean operates(@Nullable String commissioned, @Nullable String retired) {
    return new Operation(
            commissioned == null ? null : new YearOrDay(commissioned),
            retired == null ? null : new YearOrDay(retired))
        .holds(DAY);
  }

  @Test
  void fuelsThatAreNotNamedCountInTheWhole() {
    List<Facility> facilities =
        List.of(
            new Facility("A", "FRA", PARIS, "GAS", 10.0, true),
            new Facility("B", "FRA", PARIS, "COAL", 20.0, true),
            new Facility("C", "FRA", PARIS, "GAS", 40.0, true));
    Enrichment enrichment = enrichment(facilities, "COAL", "OIL");
    assertThat(enrichment.fuels()).containsExactly("COAL");
    Around a = around(enrichment.row(0));
    assertThat(a.count()).isEqualTo(2);
    assertThat(a.capacityMw()).isEqualTo(60);
    assertThat(a.capacityMwByFuel()).containsExactly(20.0);
    EnrichmentDefinition all = new EnrichmentDefinition(new Reach(1, 1, 1), List.of());
    assertThat(all.cells(facilities)).isEqualTo(3 * (EnrichmentDefinition.COLUMNS + 2 * 2));
    EnrichmentDefinition one = new EnrichmentDefinition(new Reach(1, 1, 1), List.of("OIL"));
    assertThat(one.cells(facilities)).isEqualTo(3 * (EnrichmentDefinition.COLUMNS + 2));
  }

  @Test
  void parentsInACircleAreFollowedOnce() {
    List<Region> circle =
        List.of(region("A", "SUBDIVISION", null, "B"), region("B", "SUBDIVISION", null, "A"));
    CountryRegions regions = new CountryRegions(circle, DAY);
    assertThat(regions.number("A")).isNull();
    assertThat(regions.differs("A", "FRA")).isTrue();
  }

  private static Around around(Row row) {
    return Objects.requireNonNull(row.around());
  }

  private static Place place(String region, Position position) {
    return Objects.requireNonNull(
        enrichment(new Facility("X", region, position, null, null, true)).row(0).place());
  }

  private static Enrichment enrichment(Facility... facilities) {
    return enrichment(List.of(facilities));
  }

  private static Enrichment enrichment(List<Facility> facilities, String... fuels) {
    return new Enrichment(
        Borders.ofTheWorld(),
        new CountryRegions(REGIONS, DAY),
        facilities,
        new EnrichmentDefinition(new Reach(20, Reach.USUAL_KM, Reach.USUAL_KM), List.of(fuels)));
  }

  private static Region region(
      String code, String kind, @Nullable String m49, @Nullable String parent) {
    return new Region(code, kind, m49, parent, null, null);
  }
}
