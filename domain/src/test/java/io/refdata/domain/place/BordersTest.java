package io.refdata.domain.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.refdata.domain.place.Borders.Found;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Places whose territory is known. */
class BordersTest {
  private static final Borders BORDERS = Borders.ofTheWorld();
  private static final double SEA_KM = 50;

  @Test
  void aPlaceLiesInItsCountry() {
    assertThat(name(48.8566, 2.3522)).isEqualTo("France");
    assertThat(name(-33.45, -70.67)).isEqualTo("Chile");
    assertThat(name(-29.31, 27.48)).as("an enclave").isEqualTo("Lesotho");
    assertThat(name(54.7104, 20.4522)).as("an exclave").isEqualTo("Russia");
  }

  @Test
  void bothSidesOfTheAntimeridianAreOneCountry() {
    for (double longitude : new double[] {179, 179.9999, 180, -180, -179.9999, -179}) {
      assertThat(name(67, longitude)).isEqualTo("Russia");
    }
    assertThat(name(-16.85, 179.97)).isEqualTo("Fiji");
    assertThat(name(-16.85, -179.97)).isEqualTo("Fiji");
  }

  @Test
  void thePolesAreWhatTheyAre() {
    for (double longitude : new double[] {-180, -90, 0, 0.001, 137, 180}) {
      assertThat(name(-90, longitude)).isEqualTo("Antarctica");
      assertThat(name(-89.999, longitude)).isEqualTo("Antarctica");
      assertThat(BORDERS.find(new Position(90, longitude), SEA_KM)).isNull();
    }
    assertThat(BORDERS.toTerritoryKm(new Position(90, 0), "304")).isBetween(700.0, 720.0);
  }

  @Test
  void whatIso3166HasANumberForIsATerritory() {
    assertThat(number(4.92, -52.31)).as("French Guiana").isEqualTo("254");
    assertThat(number(16.24, -61.55)).as("Guadeloupe").isEqualTo("312");
    assertThat(number(14.61, -61.06)).as("Martinique").isEqualTo("474");
    assertThat(number(-12.81, 45.15)).as("Mayotte").isEqualTo("175");
    assertThat(number(-21.1, 55.5)).as("Réunion").isEqualTo("638");
    assertThat(number(78.22, 15.64)).as("Svalbard").isEqualTo("744");
    assertThat(number(71.0, -8.4)).as("Jan Mayen").isEqualTo("744");
    assertThat(number(12.2, -68.26)).as("Bonaire").isEqualTo("535");
    assertThat(number(-10.49, 105.62)).as("Christmas Island").isEqualTo("162");
    assertThat(number(18.22, -66.43)).as("Puerto Rico").isEqualTo("630");
    List<String> numbers =
        BORDERS.territories().stream()
            .map(Territory::number)
            .filter(Objects::nonNull)
            .collect(Collectors.toList());
    // ISO 3166-1 has 249 countries.
    assertThat(numbers.stream().distinct()).hasSize(249);
  }

  @Test
  void disputedLandIsNamedAsTheSourceNamesIt() {
    assertThat(name(42.6629, 21.1655)).isEqualTo("Kosovo");
    assertThat(number(42.6629, 21.1655)).isNull();
    assertThat(name(35.34, 33.32)).isEqualTo("N. Cyprus");
    assertThat(name(9.56, 44.06)).isEqualTo("Somaliland");
  }

  @Test
  void aPlaceInTheSeaBelongsToTheNearestCountryIfThatIsNear() {
    Found wind = Objects.requireNonNull(BORDERS.find(new Position(54.0, 7.0), SEA_KM));
    assertThat(wind.territory().name()).isEqualTo("Germany");
    assertThat(wind.offshoreKm()).isCloseTo(33, within(2.0));
    assertThat(BORDERS.find(new Position(54.0, 7.0), 30)).isNull();
    assertThat(BORDERS.find(new Position(0, -30), SEA_KM)).isNull();
  }

  @Test
  void theDistanceOfABorderIsThatOfALineBetweenTwoCountries() {
    // Basel, where three countries meet; Paris and a coast, where none is near.
    assertThat(BORDERS.toBorderKm(new Position(47.5596, 7.5886), 50)).isLessThan(5);
    assertThat(BORDERS.toBorderKm(new Position(48.8566, 2.3522), 50)).isNaN();
    assertThat(BORDERS.toBorderKm(new Position(48.39, -4.49), 50)).isNaN();
    // The 49th parallel: a degree is 111.2 km. No great circle between its ends, 28 degrees apart.
    for (double longitude = -122; longitude < -96; longitude += 0.7) {
      assertThat(BORDERS.toBorderKm(new Position(49.2, longitude), 50))
          .isCloseTo(22.2, within(1.5));
      assertThat(BORDERS.toTerritoryKm(new Position(49.2, longitude), "840"))
          .isCloseTo(22.2, within(1.5));
    }
    assertThat(BORDERS.toBorderKm(new Position(67, 179.99), 50)).as("a cut is none").isNaN();
  }

  @Test
  void theDistanceOfATerritoryIsThatOfItsNearestLine() {
    Position paris = new Position(48.8566, 2.3522);
    assertThat(BORDERS.toTerritoryKm(paris, "250")).isZero();
    assertThat(BORDERS.toTerritoryKm(paris, "056")).isCloseTo(180, within(30.0));
    assertThat(BORDERS.toTerritoryKm(paris, "999")).isNaN();
  }

  /** The nearest land is also the one of the least distance to all lands, asked one by one. */
  @Test
  void aPlaceIsInNoOtherCountry() {
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      Position place =
          new Position(
              Math.toDegrees(Math.asin(2 * random.nextDouble() - 1)),
              360 * random.nextDouble() - 180);
      Found found = BORDERS.find(place, 20_016);
      assertThat(found).isNotNull();
      double nearest = Double.POSITIVE_INFINITY;
      for (Territory territory : BORDERS.territories()) {
        if (territory.number() != null) {
          nearest = Math.min(nearest, BORDERS.toTerritoryKm(place, territory.number()));
        }
      }
      if (found.territory().number() != null) {
        assertThat(found.offshoreKm()).as("%s", place).isEqualTo(nearest);
      } else {
        assertThat(found.offshoreKm()).as("%s", place).isLessThanOrEqualTo(nearest);
      }
    }
  }

  private static String name(double latitude, double longitude) {
    return Objects.requireNonNull(BORDERS.find(new Position(latitude, longitude), SEA_KM))
        .territory()
        .name();
  }

  private static @Nullable String number(double latitude, double longitude) {
    return Objects.requireNonNull(BORDERS.find(new Position(latitude, longitude), SEA_KM))
        .territory()
        .number();
  }
}
