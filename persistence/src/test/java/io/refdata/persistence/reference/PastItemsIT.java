package io.refdata.persistence.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.catalogue.Catalogue;
import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.Migrations;
import io.refdata.facility.Facility;
import io.refdata.persistence.Database;
import io.refdata.persistence.reference.ItemList.Order;
import io.refdata.reference.Item;
import io.refdata.reference.ItemType;
import io.refdata.region.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class PastItemsIT {
  /**
   * 200 revisions of 20 facilities, each created, changed or deleted at random; after each the
   * table is copied, as it is then.
   */
  private static final String RECORD =
      """
      do $$
      declare
        r integer;
        wanted text;
        present ref.facility;
      begin
        perform setseed(0.5);
        create table public.state (rev integer, code text collate "C", name text, capacity_mw float8, region text);
        for round in 1..200 loop
          r := ref.open_revision(0, 'test', null);
          wanted := 'PI' || floor(random() * 20);
          select * into present from ref.facility where code = wanted;
          if present.id is null then
            insert into ref.facility (code, name, kind, capacity_mw, region_id)
            select wanted, 'Plant ' || round, 'POWER_PLANT', round, id
              from ref.region where code = (array['FRA', 'DEU', 'ITA'])[1 + round % 3];
            insert into ref.facility_aud (id, rev, revtype, version, code, name, kind, capacity_mw, region_id)
            select id, r, 0, version, code, name, kind, capacity_mw, region_id from ref.facility where code = wanted;
          else
            update ref.facility_aud set revend = r where id = present.id and revend is null;
            if random() < 0.3 then
              insert into ref.facility_aud (id, rev, revtype, version, code, name, kind, capacity_mw, region_id)
              select id, r, 2, version, code, name, kind, capacity_mw, region_id from ref.facility where code = wanted;
              delete from ref.facility where code = wanted;
            else
              update ref.facility set version = version + 1, name = name || '.', capacity_mw = round
               where code = wanted;
              insert into ref.facility_aud (id, rev, revtype, version, code, name, kind, capacity_mw, region_id)
              select id, r, 1, version, code, name, kind, capacity_mw, region_id from ref.facility where code = wanted;
            end if;
          end if;
          insert into public.state
          select r, f.code, f.name, f.capacity_mw, g.code from ref.facility f join ref.region g on g.id = f.region_id;
        end loop;
      end
      $$
      """;

  private static EmbeddedDatabase database;
  private static Jdbi jdbi;
  private static PastItems past;

  @BeforeAll
  static void fill() {
    database = EmbeddedDatabase.startTemporary();
    Migrations.migrate(database.dataSource());
    jdbi = Database.of(database.dataSource());
    jdbi.useTransaction(handle -> handle.execute(RECORD));
    past = new PastItems(jdbi);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void everyPastStateIsWhatTheTableWasThen() {
    Map<Integer, List<String>> states = new TreeMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    "select rev, code || '|' || name || '|' || capacity_mw || '|' || region as row"
                        + " from public.state order by rev, code")
                .map(
                    (row, context) ->
                        states
                            .computeIfAbsent(row.getInt(1), none -> new ArrayList<>())
                            .add(row.getString(2)))
                .forEach(added -> {}));
    assertThat(states).hasSizeGreaterThan(150);
    Order byName = new Order(Catalogue.FACILITIES.name(), false);
    states.forEach(
        (revision, rows) -> {
          assertThat(rows(list(revision, List.of()))).as("by code at %d", revision).isEqualTo(rows);
          assertThat(rows(list(revision, List.of(byName))))
              .as("by name at %d", revision)
              .containsExactlyInAnyOrderElementsOf(rows);
        });
  }

  @Test
  void aPageGoesOnAfterAKey() {
    int revision = revision("max");
    List<Item> all = past.list(list(revision, List.of())).items();
    ItemList first = new ItemList(Catalogue.FACILITIES, null, List.of(), List.of(), null, 3);
    Items.Page page = past.list(first.asOf(new Past(revision, 1)));
    assertThat(page.items()).isEqualTo(all.subList(0, 3));
    assertThat(page.more()).isTrue();
    List<@Nullable Object> after = List.of(all.get(2).code());
    ItemList rest = new ItemList(Catalogue.FACILITIES, null, List.of(), List.of(), after, 100);
    assertThat(past.list(rest.asOf(new Past(revision, 1))).items())
        .isEqualTo(all.subList(3, all.size()));
  }

  @Test
  void whatIsNotFollowedIsNotThere() {
    assertThat(regionOf(1).parent()).isNotNull().extracting(Item::code).isNull();
    assertThat(regionOf(2).parent()).isNotNull().extracting(Item::name).asString().isNotEmpty();
  }

  private static Region regionOf(int depth) {
    ItemList all = new ItemList(Catalogue.FACILITIES, null, List.of(), List.of(), null, 1);
    Item first = past.list(all.asOf(new Past(revision("max"), depth))).items().get(0);
    return Objects.requireNonNull(((Facility) first).region());
  }

  @Test
  void beforeTheFirstRevisionThereWasNothing() {
    assertThat(past.list(list(0, List.of())).items()).isEmpty();
    for (ItemType<?> type : Catalogue.all()) {
      ItemList everything = new ItemList(type, null, List.of(), List.of(), null, 10);
      assertThat(past.list(everything.asOf(new Past(0, 2))).items()).isEmpty();
    }
  }

  /** A new audit table must be indexed like the others: {@code ref.index_past}. */
  @Test
  void everyAuditTableIsIndexedForItsPast() {
    for (ItemType<?> type : Catalogue.all()) {
      for (String index : List.of("_holds", "_created", "_open", "_changes")) {
        String name = PastSql.audit(type) + index;
        Optional<String> found =
            jdbi.withHandle(
                handle ->
                    handle
                        .createQuery("select to_regclass(:name)::text")
                        .bind("name", name)
                        .mapTo(String.class)
                        .findOne());
        assertThat(found).as(name).isPresent();
      }
    }
  }

  private static int revision(String which) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select " + which + "(rev) from public.state")
                .mapTo(Integer.class)
                .one());
  }

  private static ItemList list(int revision, List<Order> order) {
    return new ItemList(Catalogue.FACILITIES, null, List.of(), order, null, 1000)
        .asOf(new Past(revision, 1));
  }

  private static List<String> rows(ItemList list) {
    return past.list(list).items().stream()
        .map(Facility.class::cast)
        .map(
            facility ->
                "%s|%s|%s|%s"
                    .formatted(
                        facility.code(),
                        facility.name(),
                        Objects.requireNonNull(facility.capacityMw()).intValue(),
                        Objects.requireNonNull(facility.region()).code()))
        .toList();
  }
}
