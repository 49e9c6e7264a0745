package io.refdata.persistence.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.catalogue.Catalogue;
import io.refdata.db.EmbeddedDatabase;
import io.refdata.db.Migrations;
import io.refdata.persistence.Database;
import io.refdata.persistence.reference.ItemList.Order;
import io.refdata.reference.Code;
import io.refdata.reference.ItemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
  private static ItemRows rows;

  @BeforeAll
  static void fill() {
    database = EmbeddedDatabase.startTemporary();
    Migrations.migrate(database.dataSource());
    jdbi = Database.of(database.dataSource());
    jdbi.useTransaction(handle -> handle.execute(RECORD));
    rows = new ItemRows(jdbi);
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
    List<ItemView> all = rows.page(list(revision, List.of())).items();
    ItemRows.Page page = rows.page(facilities(revision, List.of(), null, 3));
    assertThat(page.items()).isEqualTo(all.subList(0, 3));
    assertThat(page.more()).isTrue();
    List<@Nullable Object> after = List.of(new Code(all.get(2).code()));
    assertThat(rows.page(facilities(revision, List.of(), after, 100)).items())
        .isEqualTo(all.subList(3, all.size()));
  }

  @Test
  void beforeTheFirstRevisionThereWasNothing() {
    assertThat(rows.page(list(0, List.of())).items()).isEmpty();
    for (ItemType<?> type : Catalogue.all()) {
      ItemList everything =
          new ItemList(type, null, List.of(), List.of(), null, 10, Set.of(), new Past(0));
      assertThat(rows.page(everything).items()).isEmpty();
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
    return facilities(revision, order, null, 1000);
  }

  private static ItemList facilities(
      int revision, List<Order> order, @Nullable List<@Nullable Object> after, int limit) {
    return new ItemList(
        Catalogue.FACILITIES, null, List.of(), order, after, limit, Set.of(), new Past(revision));
  }

  private static List<String> rows(ItemList list) {
    return rows.page(list).items().stream()
        .map(
            facility ->
                "%s|%s|%s|%s"
                    .formatted(
                        facility.code(),
                        facility.values().get("name"),
                        ((Double) Objects.requireNonNull(facility.values().get("capacityMw")))
                            .intValue(),
                        ((ItemView.Reference)
                                Objects.requireNonNull(facility.values().get("region")))
                            .code()))
        .toList();
  }
}
