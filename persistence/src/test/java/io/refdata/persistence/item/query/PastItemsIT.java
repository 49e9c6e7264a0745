package io.refdata.persistence.item.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.Database;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemList.Order;
import io.refdata.persistence.item.ItemView;
import io.refdata.persistence.item.Past;
import io.refdata.persistence.revision.AuditRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class PastItemsIT {
  /**
   * 200 revisions of 20 facilities, each created, changed or deleted at random; after each revision
   * the table is copied.
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
        create table public.state (rev integer, code text collate "C", name text, capacity_mw float8, region text, fuel text);
        for round in 1..200 loop
          r := ref.open_revision(0, 'test', null);
          wanted := 'PI' || floor(random() * 20);
          select * into present from ref.facility where code = wanted;
          if present.id is null then
            insert into ref.facility (code, name, kind, capacity_mw, region_id, fuel)
            select wanted, 'Plant ' || round, 'POWER_PLANT', round, id, 'GAS'
              from ref.region where code = (array['FRA', 'DEU', 'ITA'])[1 + round % 3];
            insert into ref.facility_aud (id, rev, revtype, version, code, name, kind, capacity_mw, region_id, fuel)
            select id, r, 0, version, code, name, kind, capacity_mw, region_id, fuel from ref.facility where code = wanted;
          else
            update ref.facility_aud set revend = r where id = present.id and revend is null;
            if random() < 0.3 then
              insert into ref.facility_aud (id, rev, revtype, version, code, name, kind, capacity_mw, region_id, fuel)
              select id, r, 2, version, code, name, kind, capacity_mw, region_id, fuel from ref.facility where code = wanted;
              delete from ref.facility where code = wanted;
            else
              update ref.facility f
                 set version = version + 1, name = name || '.', capacity_mw = round,
                     fuel = case when random() < 0.5 then f.fuel else (array['GAS', 'COAL'])[1 + round % 2] end,
                     region_id = case when random() < 0.5 then f.region_id else
                       (select id from ref.region where code = (array['FRA', 'DEU', 'ITA'])[1 + round % 3]) end
               where code = wanted;
              insert into ref.facility_aud (id, rev, revtype, version, code, name, kind, capacity_mw, region_id, fuel)
              select id, r, 1, version, code, name, kind, capacity_mw, region_id, fuel from ref.facility where code = wanted;
            end if;
          end if;
          insert into public.state
          select r, f.code, f.name, f.capacity_mw, g.code, f.fuel from ref.facility f join ref.region g on g.id = f.region_id;
        end loop;
      end
      $$
      """;

  private static MigratedDatabase database;
  private static Jdbi jdbi;
  private static ItemRows rows;

  @BeforeAll
  static void fill() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    jdbi.useTransaction(handle -> handle.execute(RECORD));
    rows = new ItemRows(jdbi);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void everyPastStateEqualsTheTableAtThatTime() {
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

  /** Uses small pages, so that each way to find a page is tested. */
  @Test
  void everyFilteredPastStateEqualsTheFilteredTableAtThatTime() {
    assertEqualsTable("region = 'FRA'", anyOf("region", "FRA"));
    assertEqualsTable("region in ('FRA', 'ITA')", anyOf("region", "FRA", "ITA"));
    assertEqualsTable("fuel = 'GAS'", anyOf("fuel", "GAS"));
    assertEqualsTable(
        "fuel = 'GAS' and region = 'DEU'", anyOf("fuel", "GAS"), anyOf("region", "DEU"));
    assertEqualsTable("false", anyOf("region", "NOWHERE"));
    assertEqualsTable(
        "code in ('PI2', 'PI7') and region = 'ITA'",
        anyOf("code", "PI2", "PI7"),
        anyOf("region", "ITA"));
    assertEqualsTable("capacity_mw >= 190", capacity(Condition.Operator.GE, 190));
    assertEqualsTable("capacity_mw < 50", capacity(Condition.Operator.LT, 50));
    assertEqualsTable("name ilike '%t 1%'", new Condition.NameContains("T 1"));
    assertEqualsTable(
        "region in ('FRA', 'DEU')",
        new Condition.Within(property("region"), new Code("M49-155"), null));
  }

  private static void assertEqualsTable(String which, Condition... conditions) {
    Map<Integer, List<String>> states = new TreeMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    "select r.rev, s.code || '|' || s.name || '|' || s.capacity_mw || '|' ||"
                        + " s.region as row from (select distinct rev from public.state) r left"
                        + " join public.state s on s.rev = r.rev and "
                        + which
                        + " order by r.rev, s.code")
                .map(
                    (row, context) -> {
                      List<String> state =
                          states.computeIfAbsent(row.getInt(1), none -> new ArrayList<>());
                      return row.getString(2) == null || state.add(row.getString(2));
                    })
                .forEach(added -> {}));
    assertThat(states).hasSizeGreaterThan(150);
    // On one connection: the source has no pool.
    jdbi.useHandle(
        handle ->
            states.forEach(
                (revision, rows) -> {
                  for (int limit : List.of(2, 1000)) {
                    assertThat(allPages(revision, List.of(conditions), limit))
                        .as("%s at %d, %d a page", which, revision, limit)
                        .isEqualTo(rows);
                  }
                }));
  }

  private static List<String> allPages(int revision, List<Condition> conditions, int limit) {
    List<String> found = new ArrayList<>();
    List<@Nullable Object> after = null;
    while (true) {
      ItemRows.Page page =
          rows.page(
              new ItemList(
                  Catalogue.FACILITIES,
                  null,
                  conditions,
                  List.of(),
                  after,
                  limit,
                  Set.of(),
                  new Past(revision)));
      found.addAll(shown(page.items()));
      if (!page.more()) {
        return found;
      }
      after = List.of(new Code(page.items().get(limit - 1).code()));
    }
  }

  private static Property property(String name) {
    return Catalogue.FACILITIES.property(name).orElseThrow();
  }

  private static Condition anyOf(String property, String... codes) {
    return new Condition.AnyOf(
        property(property), Stream.of(codes).map(Code::new).collect(Collectors.<Object>toList()));
  }

  private static Condition capacity(Condition.Operator operator, double value) {
    return new Condition.Compares(property("capacityMw"), operator, value);
  }

  @Test
  void aPageBeginsAfterItsKey() {
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
  void revisionZeroHasNoItems() {
    assertThat(rows.page(list(0, List.of())).items()).isEmpty();
    for (ItemType<?> type : Catalogue.all()) {
      ItemList everything =
          new ItemList(type, null, List.of(), List.of(), null, 10, Set.of(), new Past(0));
      assertThat(rows.page(everything).items()).isEmpty();
    }
  }

  /**
   * A new audit table must be indexed like the others: {@code ref.index_past}, {@code
   * ref.index_runs}.
   */
  @Test
  void everyAuditTableHasTheIndexesForPastStates() {
    for (ItemType<?> type : Catalogue.all()) {
      List<String> indexes =
          new ArrayList<>(List.of("_ended", "_created", "_open", "_changes", "_run_name_part"));
      type.properties().stream()
          .filter(property -> Runs.inOrder(property) || Runs.byPart(property))
          .forEach(property -> indexes.add("_run_" + property.column()));
      type.property("latitude").ifPresent(latitude -> indexes.add("_run_place"));
      for (String index : indexes) {
        String name = AuditRows.table(type) + index;
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
    return shown(rows.page(list).items());
  }

  private static List<String> shown(List<ItemView> items) {
    return items.stream()
        .map(
            facility ->
                "%s|%s|%s|%s"
                    .formatted(
                        facility.code(),
                        facility.get("name"),
                        ((Double) Objects.requireNonNull(facility.get("capacityMw"))).intValue(),
                        ((ItemView.Reference) Objects.requireNonNull(facility.get("region")))
                            .code()))
        .toList();
  }
}
