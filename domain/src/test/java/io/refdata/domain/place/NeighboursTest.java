package io.refdata.domain.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.domain.place.Neighbours.Around;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The neighbours of places, compared with a search through all sites. */
class NeighboursTest {
  private static final double[] RADII = {0.001, 0.5, 10, 300, 5_000, 20_016};
  private static final String[] FUELS = {"COAL", "GAS", "HYDRO", "WIND"};

  @Test
  void theyAreThoseOfASearchThroughAllSites() {
    Random random = new Random(7);
    for (int round = 0; round < 12; round++) {
      List<Site> sites = new ArrayList<>();
      for (int i = 0; i < new int[] {1, 2, 9, 400}[round % 4]; i++) {
        sites.add(site(random));
      }
      Neighbours neighbours = new Neighbours(sites);
      for (int i = 0; i < sites.size(); i += 1 + random.nextInt(5)) {
        for (double radius : RADII) {
          Position place = sites.get(i).position();
          assertAround(neighbours, sites, place, radius, i);
          assertAround(neighbours, sites, place, radius, null);
        }
      }
      for (int i = 0; i < 50; i++) {
        assertAround(neighbours, sites, place(random), RADII[i % RADII.length], null);
      }
    }
  }

  @Test
  void aNeighbourAtTheRadiusCounts() {
    Position here = new Position(0, 179.999);
    Position there = new Position(0, -179.999);
    assertThat(here.kilometresTo(there)).isEqualTo(0.222);
    Neighbours neighbours = new Neighbours(List.of(new Site(there, "GAS", 1.0)));
    assertThat(neighbours.around(here, 0.222, null).count()).isEqualTo(1);
    assertThat(neighbours.around(here, 0.221, null).count()).isZero();
    assertThat(neighbours.around(here, 0.221, null).nearestKm()).containsExactly(0.222);
  }

  @Test
  void atThePolesAllLongitudesAreOnePlace() {
    Neighbours neighbours = new Neighbours(List.of(new Site(new Position(90, 120), null, null)));
    Around around = neighbours.around(new Position(90, -60), 0.001, null);
    assertThat(around.count()).isEqualTo(1);
    assertThat(around.withoutCapacity()).isEqualTo(1);
    assertThat(around.nearestKm()).isEmpty();
  }

  @Test
  void sumsDoNotDependOnTheOrderOfTheSites() {
    Random random = new Random(3);
    List<Site> sites = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      sites.add(new Site(place(random), "GAS", 1e4 * random.nextDouble()));
    }
    double sum = new Neighbours(sites).around(new Position(0, 0), 9_000, null).capacityMw();
    for (int i = 0; i < 5; i++) {
      Collections.shuffle(sites, random);
      assertThat(new Neighbours(sites).around(new Position(0, 0), 9_000, null).capacityMw())
          .isEqualTo(sum);
    }
  }

  @Test
  void capacitiesThatCannotBeAddedUpAreRefused() {
    Site large = new Site(new Position(0, 0), "GAS", 8e12);
    assertThatThrownBy(() -> new Neighbours(List.of(large, large)))
        .isInstanceOf(ArithmeticException.class);
    Site larger = new Site(new Position(0, 0), "GAS", 1e300);
    assertThatThrownBy(() -> new Neighbours(List.of(larger)))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void manySitesAtOnePlaceAreNoTrouble() {
    List<Site> sites = Collections.nCopies(50_000, new Site(new Position(10, 10), "GAS", 0.1));
    Around around = new Neighbours(sites).around(new Position(10, 10), 1, 4711);
    assertThat(around.count()).isEqualTo(49_999);
    assertThat(around.capacityMw()).isEqualTo(4_999.9);
    assertThat(around.nearestKm()).containsExactly(0.0);
  }

  private static void assertAround(
      Neighbours neighbours,
      List<Site> sites,
      Position place,
      double radius,
      @Nullable Integer self) {
    int count = 0;
    int without = 0;
    long[] watts = new long[FUELS.length];
    long all = 0;
    double[] nearest = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
    for (int i = 0; i < sites.size(); i++) {
      if (self != null && self == i) {
        continue;
      }
      Site site = sites.get(i);
      double distance = place.kilometresTo(site.position());
      int fuel = site.fuel() == null ? -1 : List.of(FUELS).indexOf(site.fuel());
      if (fuel >= 0 && !(distance >= nearest[fuel])) {
        nearest[fuel] = distance;
      }
      if (distance <= radius) {
        count++;
        without += site.capacityMw() == null ? 1 : 0;
        long power = site.capacityMw() == null ? 0 : Math.round(site.capacityMw() * 1e6);
        all += power;
        if (fuel >= 0) {
          watts[fuel] += power;
        }
      }
    }
    Around around = neighbours.around(place, radius, self);
    assertThat(around.count()).as("%s %s", place, radius).isEqualTo(count);
    assertThat(around.withoutCapacity()).isEqualTo(without);
    assertThat(around.capacityMw()).isEqualTo(all / 1e6);
    for (int i = 0; i < neighbours.fuels().size(); i++) {
      int fuel = List.of(FUELS).indexOf(neighbours.fuels().get(i));
      assertThat(around.capacityMwByFuel().get(i)).isEqualTo(watts[fuel] / 1e6);
      assertThat(around.nearestKm().get(i))
          .as("%s", place)
          .isEqualTo(Double.valueOf(nearest[fuel]));
    }
  }

  private static Site site(Random random) {
    return new Site(
        place(random),
        random.nextInt(9) == 0 ? null : FUELS[random.nextInt(FUELS.length)],
        random.nextInt(9) == 0 ? null : Math.round(1e6 * random.nextDouble()) / 1e3);
  }

  /** Anywhere, or close to the antimeridian or a pole, where some places are the same. */
  private static Position place(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new Position(random.nextInt(3) - 1, (random.nextBoolean() ? 180 : -180));
      case 1 ->
          new Position(
              random.nextDouble(),
              (random.nextBoolean() ? 1 : -1) * (180 - random.nextDouble() / 10));
      case 2 ->
          new Position(
              (random.nextBoolean() ? 1 : -1) * (90 - random.nextInt(3) * random.nextDouble()),
              360 * random.nextDouble() - 180);
      default ->
          new Position(
              Math.toDegrees(Math.asin(2 * random.nextDouble() - 1)),
              360 * random.nextDouble() - 180);
    };
  }
}
