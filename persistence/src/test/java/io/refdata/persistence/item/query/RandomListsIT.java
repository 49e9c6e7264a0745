package io.refdata.persistence.item.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.Database;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemList.Order;
import io.refdata.persistence.item.Past;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares lists with random conditions and orders, current and past, with what the {@link Oracle}
 * finds, page by page to the end. {@code -Drefdata.lists.questions=} asks more of them, {@code
 * -Drefdata.lists.seed=} others.
 */
@SuppressWarnings("NullAway.Init")
class RandomListsIT {
  private static final int QUESTIONS = Integer.getInteger("refdata.lists.questions", 300);
  private static final List<String> SORTED =
      List.of(
          "name",
          "capacityMw",
          "fuel",
          "kind",
          "region",
          "organization",
          "latitude",
          "commissioned",
          "code");

  /** So few that each way to find a page is taken. */
  private static final List<PastPage.Bounds> BOUNDS =
      List.of(
          new PastPage.Bounds(0, 0, 0, 0),
          new PastPage.Bounds(3, 3, 2, 2),
          new PastPage.Bounds(6, 6, 20, 20),
          PastPage.Bounds.USUAL);

  private static final Random random = new Random(Integer.getInteger("refdata.lists.seed", 1));
  private static MigratedDatabase database;
  private static Jdbi jdbi;

  @BeforeAll
  static void write() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    try (EntityManagerFactory factory =
        Persistence.createEntityManagerFactory(
            "refdata",
            Map.of(
                "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
                "jakarta.persistence.nonJtaDataSource", database.dataSource(),
                "hibernate.cache.use_second_level_cache", "false",
                "hibernate.cache.use_query_cache", "false"))) {
      new RandomHistory(factory, jdbi, random).write(150);
    }
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Test
  void listsAreWhatIsOnRecord() {
    Oracle oracle = new Oracle(jdbi);
    int latest = number("select max(rev) from ref.revision");
    int first = number("select min(rev) from ref.facility_aud");
    jdbi.useHandle(
        handle -> {
          for (int i = 0; i < QUESTIONS; i++) {
            boolean current = random.nextInt(5) == 0;
            int revision = current ? latest : first - 1 + random.nextInt(latest - first + 2);
            ItemList list = list(conditions(), order(), current ? null : new Past(revision));
            assertThat(pages(handle, list, oracle.answer(list, revision)))
                .as("question %d: %s", i, list)
                .isEqualTo(
                    oracle.answer(list, revision).stream().map(RandomListsIT::code).toList());
          }
        });
  }

  /** A run is what the states say: it begins with a value, and ends with the next or a deletion. */
  @Test
  void runsAreThoseOfTheStates() {
    assertThat(
            number(
                """
                select count(*)
                  from (select a.*, lag(a.rev) over w as before, lag(a.capacity_mw) over w as capacity_before,
                               lag(a.region_id) over w as region_before, lag(a.name) over w as name_before
                          from ref.facility_aud a window w as (partition by id order by rev)) s
                 where (capacity_mw_until is not null)
                         <> (revtype <> 2 and (before is null or capacity_mw is distinct from capacity_before))
                    or (region_id_until is not null)
                         <> (revtype <> 2 and (before is null or region_id is distinct from region_before))
                    or (name_until is not null)
                         <> (revtype <> 2 and (before is null or name is distinct from name_before))
                    or capacity_mw_until is not null and capacity_mw_until <> coalesce(
                         (select min(n.rev) from ref.facility_aud n where n.id = s.id and n.rev > s.rev
                             and (n.revtype = 2 or n.capacity_mw is distinct from s.capacity_mw)), 2147483647)
                """))
        .isZero();
  }

  private static int number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  /** The codes of a list, read page by page; the keys of the pages are those that are expected. */
  private static List<String> pages(
      Handle handle, ItemList list, List<List<@Nullable Object>> expected) {
    PastPage.Bounds bounds = BOUNDS.get(random.nextInt(BOUNDS.size()));
    int limit = List.of(1, 2, 3, 7, 50).get(random.nextInt(5));
    List<String> found = new ArrayList<>();
    List<@Nullable Object> after = null;
    while (true) {
      ItemList page =
          new ItemList(
              list.type(),
              null,
              list.conditions(),
              list.order(),
              after,
              limit,
              Set.of(),
              list.past());
      List<String> codes = page(handle, page, bounds);
      found.addAll(codes.subList(0, Math.min(limit, codes.size())));
      if (codes.size() <= limit || found.size() > expected.size()) {
        return found;
      }
      after = expected.get(found.size() - 1);
    }
  }

  private static List<String> page(Handle handle, ItemList list, PastPage.Bounds bounds) {
    Sql sql = new Sql(list.past());
    sql.add("select i.code from ");
    if (list.past() == null) {
      CurrentPage.add(sql, list);
    } else {
      PastPage.add(sql, list, bounds);
    }
    sql.add(" i order by ").add(ListOrder.terms(sql, list));
    return sql.query(handle).mapTo(String.class).list();
  }

  private static String code(List<@Nullable Object> key) {
    return String.valueOf(key.get(key.size() - 1));
  }

  private static ItemList list(List<Condition> conditions, List<Order> order, @Nullable Past past) {
    return new ItemList(Catalogue.FACILITIES, null, conditions, order, null, null, Set.of(), past);
  }

  private static List<Order> order() {
    List<String> names = new ArrayList<>(SORTED);
    Collections.shuffle(names, random);
    return names.subList(0, random.nextInt(4)).stream()
        .map(name -> new Order(property(name), random.nextBoolean()))
        .toList();
  }

  private static List<Condition> conditions() {
    return Stream.generate(RandomListsIT::condition).limit(random.nextInt(4)).toList();
  }

  private static Condition condition() {
    return switch (random.nextInt(12)) {
      case 0 -> codes("fuel", fuel());
      case 1 -> codes("fuel", fuel(), fuel());
      case 2 -> codes("kind", random.nextInt(4) == 0 ? "REFINERY" : "POWER_PLANT");
      case 3 -> codes("region", region());
      case 4 -> codes("region", region(), region());
      case 5 -> codes("organization", "RHO" + random.nextInt(6));
      case 6 -> new Condition.Within(property("region"), new Code(region()), null);
      case 7 ->
          new Condition.NameContains(List.of("a", "LAN", "t m", "c1", "zz").get(random.nextInt(5)));
      case 8, 9 ->
          new Condition.Compares(
              property("capacityMw"),
              Condition.Operator.values()[random.nextInt(6)],
              (double) random.nextInt(9));
      case 10 -> box();
      default ->
          random.nextBoolean()
              ? codes("owners", "RHO" + random.nextInt(3))
              : codes("code", "RHF%02d".formatted(random.nextInt(30)), "RHF03", "RHF07");
    };
  }

  private static Condition box() {
    int south = random.nextInt(13) * 10 - 90;
    double east = random.nextInt(37) * 10 - 180;
    return new Condition.InBox(random.nextInt(37) * 10 - 180, south, east, south + 60);
  }

  private static String fuel() {
    return RandomHistory.FUELS.get(random.nextInt(4));
  }

  private static String region() {
    return "RHR" + random.nextInt(8);
  }

  private static Condition codes(String property, String... codes) {
    return new Condition.AnyOf(
        property(property), Stream.of(codes).map(code -> (Object) new Code(code)).toList());
  }

  private static Property property(String name) {
    return Catalogue.FACILITIES.property(name).orElseThrow();
  }
}
