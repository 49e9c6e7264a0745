package io.refdata.persistence.item.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.Database;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.Near;
import io.refdata.persistence.item.Past;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The neighbours of places among ten thousand plants, compared with a search through all. */
@SuppressWarnings("NullAway.Init")
class NearIT {
  private static final String[] PLACES = {
    "48.85 2.35", "0 0", "0 180", "0 -180", "90 0", "-90 77", "-17 179.99", "89.5 -120", "-33.5 -70"
  };

  /** Half of them crowd around three places; each hundredth has no position, some have the same. */
  private static final String PLANTS =
      """
      do $$
      declare
        r integer := ref.open_revision(0, 'test', null);
      begin
        perform setseed(0.25);
        insert into ref.facility (code, name, kind, fuel, latitude, longitude, region_id)
        select 'NE' || to_char(n, 'FM00000'), 'Plant ' || n, 'POWER_PLANT', case n % 7 when 0 then 'GAS' end,
               case when n % 100 = 0 then null
                    when n % 50 = 1 then 0
                    when n % 2 = 0 then (array[48, -17, 89.9])[1 + n % 3] + random() * 0.1
                    else degrees(asin(2 * random() - 1)) end,
               case when n % 100 = 0 then null
                    when n % 50 = 1 then (n % 4) * 90 - 180
                    when n % 2 = 0 then (array[2.3, 179.95, 0])[1 + n % 3] + random() * 0.05
                    else 360 * random() - 180 end,
               (select id from ref.region where code = 'FRA')
          from generate_series(1, 10000) n;
        insert into ref.facility_aud (id, rev, revtype, version, code, name, kind, fuel, latitude, longitude, region_id)
        select id, r, 0, version, code, name, kind, fuel, latitude, longitude, region_id from ref.facility;
      end
      $$
      """;

  private static MigratedDatabase database;
  private static Jdbi jdbi;
  private static ItemRows rows;
  private static List<Plant> plants;
  private static Past past;

  private record Plant(String code, @Nullable String fuel, double latitude, double longitude) {
    /** By the angle between two vectors, which is another formula than the database has. */
    double kilometresTo(double otherLatitude, double otherLongitude) {
      double[] a = vector(latitude, longitude);
      double[] b = vector(otherLatitude, otherLongitude);
      double line = Math.sqrt(sum(a[0] - b[0], a[1] - b[1], a[2] - b[2]));
      double across = Math.sqrt(sum(a[0] + b[0], a[1] + b[1], a[2] + b[2]));
      return 2 * Math.atan2(line, across) * 6371.0088;
    }

    private static double[] vector(double latitude, double longitude) {
      double phi = Math.toRadians(latitude);
      double lambda = Math.toRadians(longitude);
      return new double[] {
        Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)
      };
    }

    private static double sum(double x, double y, double z) {
      return x * x + y * y + z * z;
    }
  }

  @BeforeAll
  static void fill() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    jdbi.useTransaction(handle -> handle.execute(PLANTS));
    jdbi.useHandle(handle -> handle.execute("analyze ref.facility"));
    rows = new ItemRows(jdbi);
    plants =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select code, fuel, latitude, longitude from ref.facility"
                            + " where latitude is not null")
                    .map(
                        (row, context) ->
                            new Plant(
                                row.getString(1),
                                row.getString(2),
                                row.getDouble(3),
                                row.getDouble(4)))
                    .list());
    past =
        new Past(
            jdbi.withHandle(
                handle ->
                    handle
                        .createQuery("select max(rev) from ref.facility_aud")
                        .mapTo(Integer.class)
                        .one()));
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void theNearestComeFirstWhereverThePlaceIs() {
    for (String place : PLACES) {
      for (Past at : new Past[] {null, past}) {
        assertNeighbours(near(place, null, 10), 10, at);
        assertNeighbours(near(place, null, 40), 7, at);
        assertNeighbours(near(place, 2.5, null), 1000, at);
        assertNeighbours(near(place, 700.0, null), 600, at);
        assertNeighbours(near(place, 1000.0, 15), 4, at);
      }
    }
    assertNeighbours(near("10 20", 20016.0, null), 1000, null);
  }

  @Test
  void otherConditionsNarrowTheNeighbours() {
    Condition gas =
        new Condition.AnyOf(
            Catalogue.FACILITIES.property("fuel").orElseThrow(), List.of(new Code("GAS")));
    for (Past at : new Past[] {null, past}) {
      List<ItemView> found = walk(near("48 2.3", null, 30), 8, at, List.of(gas));
      assertThat(codes(found))
          .isEqualTo(
              expected(near("48 2.3", null, 30)).stream()
                  .filter(plant -> "GAS".equals(plant.fuel()))
                  .limit(30)
                  .map(Plant::code)
                  .toList());
    }
  }

  @Test
  void aDistanceIsThatOfTheGreatCircleOnTheMeanRadius() {
    String sql =
        "select ref.distance_km(51.4700, -0.4543, 40.6413, -73.7781),"
            + " ref.distance_km(0, 179.5, 0, -179.5), ref.distance_km(90, 0, 90, 123),"
            + " ref.distance_km(0, 0, 0, 180), ref.distance_km(90, 0, -90, 0),"
            + " ref.distance_km(48, 2, 48, 2.00001)";
    List<Double> distances =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(sql)
                    .map(
                        (row, context) -> {
                          List<Double> all = new ArrayList<>();
                          for (int i = 1; i <= 6; i++) {
                            all.add(row.getDouble(i));
                          }
                          return all;
                        })
                    .one());
    // Heathrow to Kennedy; a degree of the equator; nothing; half the way around, twice; a step.
    assertThat(distances.get(0)).isCloseTo(5540.0, within(1.0));
    assertThat(distances.subList(1, 6)).containsExactly(111.195, 0.0, 20015.114, 20015.114, 0.001);
  }

  @Test
  void theNearestAreReadByTheIndex() {
    String plan =
        jdbi.withHandle(
            handle -> {
              Sql sql = new Sql();
              sql.add("select i.code from ");
              NearPage.add(sql, list(near("48.85 2.35", null, 10), 10, null, null, List.of()));
              sql.add(" i");
              return String.join(
                  "\n",
                  sql.query(handle, "explain (analyze, timing off) ").mapTo(String.class).list());
            });
    assertThat(plan)
        .contains("Index Scan using facility_nearness")
        .contains("Order By")
        .doesNotContain("Seq Scan on facility");
  }

  private static void assertNeighbours(Near near, int limit, @Nullable Past at) {
    List<ItemView> found = walk(near, limit, at, List.of());
    List<Plant> expected = expected(near);
    if (near.k() != null) {
      expected = expected.subList(0, Math.min(near.k(), expected.size()));
    }
    assertThat(codes(found))
        .as("%s, %s", near, at)
        .isEqualTo(expected.stream().map(Plant::code).toList());
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).get(Near.DISTANCE)).isEqualTo(metres(expected.get(i), near));
    }
  }

  private static List<String> codes(List<ItemView> items) {
    return items.stream().map(ItemView::code).toList();
  }

  private static List<ItemView> walk(
      Near near, int limit, @Nullable Past at, List<Condition> conditions) {
    List<ItemView> found = new ArrayList<>();
    List<@Nullable Object> after = null;
    while (true) {
      ItemRows.Page page = rows.page(list(near, limit, at, after, conditions));
      found.addAll(page.items());
      if (!page.more()) {
        return found;
      }
      ItemView last = found.get(found.size() - 1);
      after =
          List.of((Double) Objects.requireNonNull(last.get(Near.DISTANCE)), new Code(last.code()));
    }
  }

  private static List<Plant> expected(Near near) {
    Double radius = near.radiusKm();
    return plants.stream()
        .filter(plant -> radius == null || metres(plant, near) <= radius)
        .sorted(
            Comparator.<Plant>comparingDouble(plant -> metres(plant, near))
                .thenComparing(Plant::code))
        .toList();
  }

  private static double metres(Plant plant, Near near) {
    return Math.rint(1000 * plant.kilometresTo(near.latitude(), near.longitude())) / 1000;
  }

  private static Near near(String place, @Nullable Double radiusKm, @Nullable Integer k) {
    String[] degrees = place.split(" ", -1);
    return new Near(Double.parseDouble(degrees[0]), Double.parseDouble(degrees[1]), radiusKm, k);
  }

  private static ItemList list(
      Near near,
      int limit,
      @Nullable Past at,
      @Nullable List<@Nullable Object> after,
      List<Condition> conditions) {
    return new ItemList(
        Catalogue.FACILITIES, null, conditions, List.of(), after, limit, Set.of(), at, near);
  }
}
