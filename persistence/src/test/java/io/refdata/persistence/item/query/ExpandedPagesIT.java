package io.refdata.persistence.item.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.PropertyKind;
import io.refdata.persistence.Database;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemList.Order;
import io.refdata.persistence.item.ItemView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares pages, whose expanded items come in rows of their own, with streams that join them. */
@SuppressWarnings("NullAway.Init")
class ExpandedPagesIT {
  private static MigratedDatabase database;
  private static Jdbi jdbi;
  private static ItemRows rows;

  @BeforeAll
  static void write() {
    database = MigratedDatabase.create();
    jdbi = Database.of(database.dataSource());
    rows = new ItemRows(jdbi);
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                do $$
                begin
                  insert into ref.organization (code, name, kind, region_id)
                  select 'EPO' || g, 'Operator ' || g, 'COMPANY', (select min(r.id) + g from ref.region r)
                    from generate_series(1, 7) g;
                  update ref.organization o set parent_id = p.id from ref.organization p
                   where o.code = 'EPO7' and p.code = 'EPO1';
                  update ref.region r set replaced_by_id = (select min(id) from ref.region), valid_to = '1990-12-31'
                   where r.id = (select max(id) from ref.region);
                  insert into ref.facility (code, name, kind, capacity_mw, latitude, commissioned, owners, region_id, organization_id)
                  select 'EPF' || g, 'Plant ' || g, 'POWER_PLANT', nullif(g * 10.5, 52.5), g, '2001',
                         case when g % 3 = 0 then 'EPO1:0.25;EPO2:0.75' end,
                         (select case g % 4 when 0 then max(r.id) else min(r.id) + g % 4 end from ref.region r),
                         (select o.id from ref.organization o where g % 2 = 0 and o.code = 'EPO' || (1 + g % 7))
                    from generate_series(1, 12) g;
                  insert into ref.emission_source (code, name, facility_id, scope, gas)
                  select f.code || '_' || k, 'Stack ' || k, f.id, k, 'CO2'
                    from ref.facility f, generate_series(1, 3) k where f.id % 4 >= k;
                end
                $$
                """));
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  static List<ItemType<?>> types() {
    return Catalogue.all();
  }

  private static ItemList list(
      ItemType<?> type,
      List<Order> order,
      @Nullable List<@Nullable Object> after,
      @Nullable Integer limit,
      Set<String> expand) {
    return new ItemList(type, null, List.of(), order, after, limit, expand, null);
  }

  private static Set<String> expandable(ItemType<?> type) {
    Set<String> names = new HashSet<>();
    type.shown().stream()
        .filter(property -> property.kind() == PropertyKind.REFERENCE)
        .forEach(property -> names.add(property.name()));
    Catalogue.children(type).forEach(children -> names.add(children.name()));
    return names;
  }

  private static List<ItemView> stream(ItemType<?> type, List<Order> order, Set<String> expand)
      throws IOException {
    List<ItemView> all = new ArrayList<>();
    rows.stream(list(type, order, null, null, expand), items -> items.forEachRemaining(all::add));
    return all;
  }

  @ParameterizedTest
  @MethodSource("types")
  void aPageIsTheBeginningOfTheStream(ItemType<?> type) throws IOException {
    Set<String> all = expandable(type);
    List<Set<String>> some = new ArrayList<>(List.of(all));
    all.forEach(name -> some.add(Set.of(name)));
    for (Set<String> expand : some) {
      List<ItemView> stream = stream(type, List.of(), expand);
      ItemRows.Page page = rows.page(list(type, List.of(), null, 40, expand));
      assertThat(page.items())
          .as("expand=%s", expand)
          .isEqualTo(stream.subList(0, Math.min(40, stream.size())));
      assertThat(page.more()).isEqualTo(stream.size() > 40);
    }
  }

  @Test
  void sortedPagesGoOnWhereTheyEnded() throws IOException {
    ItemType<?> type = Catalogue.FACILITIES;
    Set<String> expand = expandable(type);
    for (String name : List.of("region", "capacityMw", "organization")) {
      Property by = type.property(name).orElseThrow();
      List<Order> order = List.of(new Order(by, true));
      List<ItemView> found = new ArrayList<>();
      List<@Nullable Object> after = null;
      boolean more = true;
      while (more) {
        ItemRows.Page page = rows.page(list(type, order, after, 5, expand));
        found.addAll(page.items());
        more = page.more();
        ItemView last = page.items().get(page.items().size() - 1);
        Object value = last.get(name);
        after = new ArrayList<>();
        after.add(value instanceof ItemView item ? item.code() : value);
        after.add(last.code());
      }
      assertThat(found).as("sort=-%s", name).isEqualTo(stream(type, order, expand));
    }
  }

  @Test
  void whatIsExpandedIsThere() {
    List<ItemView> items =
        rows.page(list(Catalogue.FACILITIES, List.of(), null, 40, expandable(Catalogue.FACILITIES)))
            .items();
    assertThat(items).hasSize(12);
    assertThat(items).anySatisfy(item -> assertThat(sources(item)).hasSize(3));
    assertThat(items).anySatisfy(item -> assertThat(sources(item)).isEmpty());
    assertThat(items).anySatisfy(item -> assertThat(item.get("organization")).isNull());
    assertThat(items).anySatisfy(item -> assertThat(item.get("owners")).isNotNull());
  }

  private static List<?> sources(ItemView item) {
    return (List<?>) Objects.requireNonNull(item.get("emissionSources"));
  }
}
