package io.refdata.persistence.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.place.Enrichment;
import io.refdata.domain.place.Enrichment.Reach;
import io.refdata.domain.place.Enrichment.Row;
import io.refdata.domain.place.EnrichmentDefinition;
import io.refdata.domain.place.Neighbours.Around;
import io.refdata.domain.place.Position;
import io.refdata.persistence.Database;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.Near;
import io.refdata.persistence.item.Past;
import io.refdata.persistence.item.query.ItemRows;
import io.refdata.persistence.place.PlacedFacilities.Moment;
import io.refdata.persistence.place.PlacedFacilities.Placed;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ten thousand facilities by their places, as of several revisions. */
@SuppressWarnings("NullAway.Init")
class PlacedFacilitiesIT {
  private static final int RADIUS_KM = 100;

  private static final EnrichmentDefinition DEFINITION =
      new EnrichmentDefinition(new Reach(RADIUS_KM, Reach.USUAL_KM, Reach.USUAL_KM), List.of());

  /** A third crowds on both sides of the antimeridian, a third at the poles; some have no place. */
  private static final String FACILITIES =
      """
      do $$
      declare
        r integer := ref.open_revision(0, 'test', null);
      begin
        perform setseed(0.5);
        insert into ref.facility (code, name, kind, fuel, capacity_mw, latitude, longitude, commissioned, retired, region_id)
        select 'PL' || to_char(n, 'FM00000'), 'Plant ' || n, 'POWER_PLANT', (array['GAS', 'COAL', 'WIND', null])[1 + n % 4],
               case when n % 11 > 0 then round((random() * 500)::numeric, 3) end,
               case when n % 100 = 0 then null
                    when n % 3 = 0 then (array[0, -17, 66])[1 + n % 2] + random()
                    when n % 3 = 1 then (array[89.5, -90, 47])[1 + n % 2] + random() * 0.5
                    else degrees(asin(2 * random() - 1)) end,
               case when n % 100 = 0 then null
                    when n % 3 = 0 then mod((360.5 - random())::numeric, 360) - 180
                    else 360 * random() - 180 end,
               case when n % 7 = 0 then '2999' when n % 7 = 1 then '1990-05-01' end,
               case when n % 13 = 0 then '2999' when n % 13 = 1 then '2020-06-29' end,
               (select id from ref.region where code = (array['FRA', 'DEU', 'FJI'])[1 + n % 3])
          from generate_series(1, 10000) n;
        insert into ref.facility_aud (id, rev, revtype, version, code, name, kind, fuel, capacity_mw, latitude, longitude,
                                      commissioned, retired, region_id)
        select id, r, 0, version, code, name, kind, fuel, capacity_mw, latitude, longitude, commissioned, retired, region_id
          from ref.facility;
      end
      $$
      """;

  /** All that an answer could depend on is another one later. */
  private static final String LATER =
      """
      do $$
      declare
        r integer := ref.open_revision(0, 'test', null);
      begin
        update ref.facility_aud set revend = r where revend is null;
        update ref.facility set latitude = -latitude, fuel = 'OIL', capacity_mw = 1, retired = '2000',
               region_id = (select id from ref.region where code = 'USA');
        insert into ref.facility_aud (id, rev, revtype, version, code, name, kind, fuel, capacity_mw, latitude, longitude,
                                      commissioned, retired, region_id)
        select id, r, 1, version + 1, code, name, kind, fuel, capacity_mw, latitude, longitude, commissioned, retired, region_id
          from ref.facility;
        update ref.region_aud set revend = r where revend is null and kind = 'COUNTRY';
        update ref.region set m49 = null where kind = 'COUNTRY';
        insert into ref.region_aud (id, rev, revtype, version, code, name, kind, parent_id, alpha2, m49, latitude, longitude,
                                    valid_from, valid_to, replaced_by_id)
        select id, r, 1, version + 1, code, name, kind, parent_id, alpha2, m49, latitude, longitude, valid_from, valid_to,
               replaced_by_id
          from ref.region where kind = 'COUNTRY';
      end
      $$
      """;

  private static MigratedDatabase database;
  private static Jdbi jdbi;
  private static PlacedFacilities facilities;
  private static int revision;
  private static Instant recorded;

  @BeforeAll
  static void fill() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    jdbi.useTransaction(handle -> handle.execute(FACILITIES));
    facilities = new PlacedFacilities(jdbi);
    revision = revision();
    recorded = recorded();
  }

  private static int revision() {
    return jdbi.withHandle(
        handle ->
            handle.createQuery("select max(rev) from ref.facility_aud").mapTo(Integer.class).one());
  }

  private static Instant recorded() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select at from ref.revision where rev = :rev")
                .bind("rev", revision())
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant());
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void anAnswerForARevisionNeverChanges() {
    List<Row> before = rows(placed(recorded));
    assertThat(before).hasSize(10_000);
    assertThat(before.stream().map(row -> row.facility().code())).isSorted();
    assertThat(before.stream().filter(row -> row.place() == null)).hasSize(100);
    jdbi.useTransaction(handle -> handle.execute(LATER));
    assertThat(rows(placed(recorded))).isEqualTo(before);
    Instant now = Instant.now();
    Placed later = facilities.at(new Moment(null, now, revision()), DEFINITION);
    Instant today = now.truncatedTo(ChronoUnit.DAYS);
    assertThat(later.cutoff()).isEqualTo(today.isAfter(recorded()) ? today : recorded());
    assertThat(later.enrichment().fuels()).as("all are retired").isEmpty();
    assertThat(rows(later.enrichment()).stream().filter(row -> row.place() != null))
        .allMatch(row -> Objects.requireNonNull(row.place()).region() == null);
    assertThat(rows(facilities.at(new Moment(null, now, revision), DEFINITION).enrichment()))
        .as("as of the earlier revision")
        .isEqualTo(before);
    assertThat(placed(Instant.EPOCH).size()).isZero();
  }

  /** The neighbours are counted as lists with {@code near} find them, by the database. */
  @Test
  void theNeighboursAreThoseThatTheDatabaseFinds() {
    List<Row> rows = rows(placed(recorded));
    ItemRows items = new ItemRows(jdbi);
    Set<String> working = new HashSet<>();
    rows.stream()
        .filter(row -> row.facility().inOperation())
        .forEach(row -> working.add(row.facility().code()));
    for (int i = 0; i < rows.size(); i += 499) {
      Row row = rows.get(i);
      Around around = row.around();
      if (around == null) {
        continue;
      }
      Position position = Objects.requireNonNull(row.facility().position());
      Near near = new Near(position.latitude(), position.longitude(), (double) RADIUS_KM, null);
      List<ItemView> found =
          items
              .page(
                  new ItemList(
                      Catalogue.FACILITIES,
                      null,
                      List.of(),
                      List.of(),
                      null,
                      10_000,
                      Set.of(),
                      new Past(revision),
                      near))
              .items()
              .stream()
              .filter(item -> working.contains(item.code()))
              .filter(item -> !item.code().equals(row.facility().code()))
              .toList();
      assertThat(around.count()).as(row.facility().code()).isEqualTo(found.size());
      found.stream()
          .filter(item -> "GAS".equals(Objects.toString(item.get("fuel"))))
          .findFirst()
          .ifPresent(
              item -> assertThat(around.nearestKm().get(1)).isEqualTo(item.get(Near.DISTANCE)));
    }
  }

  @Test
  void aFacilityIsInOperationFromItsCommissioningToItsRetirement() {
    List<Row> rows = rows(placed(recorded));
    for (Row row : rows) {
      int n = Integer.parseInt(row.facility().code().substring(2));
      assertThat(row.facility().inOperation()).as("%d", n).isEqualTo(n % 7 != 0 && n % 13 != 1);
    }
  }

  private static Enrichment placed(Instant cutoff) {
    Placed placed = facilities.at(new Moment(cutoff, Instant.now(), revision()), DEFINITION);
    assertThat(placed.cutoff()).isEqualTo(cutoff);
    return placed.enrichment();
  }

  private static List<Row> rows(Enrichment enrichment) {
    return IntStream.range(0, enrichment.size()).mapToObj(enrichment::row).toList();
  }
}
