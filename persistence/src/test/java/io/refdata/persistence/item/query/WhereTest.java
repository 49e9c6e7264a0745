package io.refdata.persistence.item.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.ItemType;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.item.value.YearOrDay;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.Condition.Operator;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemList.Order;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WhereTest {
  private static final ItemType<?> FACILITIES = Catalogue.FACILITIES;
  private static final Property CAPACITY = property("capacityMw");
  private static final Property COMMISSIONED = property("commissioned");
  private static final Property REGION = property("region");

  @Test
  void withoutConditionsAllItemsAreInTheList() {
    assertThat(conditions(list(null, List.of()))).isEqualTo(" where true []");
  }

  @Test
  void theCodesOfAListAreThoseOfThatList() {
    ItemList codes =
        new ItemList(
            Catalogue.CODES, new Code("FUEL"), List.of(), List.of(), null, 50, Set.of(), null);
    assertThat(conditions(codes))
        .isEqualTo(
            " where true and i.list_id = (select l.id from ref.code_list l where l.code = :p1)"
                + " [FUEL]");
  }

  @Test
  void valuesAreBoundAndNeverInTheText() {
    assertThat(
            conditions(
                list(
                    null,
                    List.of(),
                    new Condition.AnyOf(property("name"), List.of("a' or true --")),
                    new Condition.Compares(CAPACITY, Operator.GE, 500.0),
                    new Condition.NameContains("50%_\\"))))
        .isEqualTo(
            " where true and i.name = :p1 and i.capacity_mw >= :p2"
                + " and ref.fold(i.name) like"
                + " '%' || regexp_replace(ref.fold(:p3), '([\\\\%_])', '\\\\\\1', 'g') || '%'"
                + " [a' or true --, 500.0, 50%_\\]");
  }

  @Test
  void severalValuesAreOneArray() {
    assertThat(conditions(list(null, List.of(), new Condition.AnyOf(CAPACITY, List.of(1.0, 2.0)))))
        .isEqualTo(" where true and i.capacity_mw = any(:p1) [[1.0, 2.0]]");
  }

  @Test
  void aReferenceIsComparedByTheCodeOfItsItem() {
    assertThat(conditions(list(null, List.of(), new Condition.AnyOf(REGION, codes("FRA")))))
        .isEqualTo(
            " where true and i.region_id = (select r.id from ref.region r where r.code = :p1)"
                + " [FRA]");
    assertThat(conditions(list(null, List.of(), new Condition.AnyOf(REGION, codes("FRA", "DEU")))))
        .isEqualTo(
            " where true and i.region_id in (select r.id from ref.region r where r.code = any(:p1))"
                + " [[FRA, DEU]]");
  }

  @Test
  void aYearStandsForAllItsDays() {
    assertThat(
            conditions(
                list(
                    null,
                    List.of(),
                    new Condition.AnyOf(
                        COMMISSIONED, List.of(new YearOrDay("2012"), new YearOrDay("2013-05-01"))),
                    new Condition.Compares(COMMISSIONED, Operator.LT, new YearOrDay("2020")))))
        .isEqualTo(
            " where true and (i.commissioned = :p1 or left(i.commissioned, 4) = :p2)"
                + " and left(i.commissioned, 4) < :p3 [2013-05-01, 2012, 2020]");
  }

  @Test
  void aBoxThatCrossesTheAntimeridianHasTwoParts() {
    String box = conditions(list(null, List.of(), new Condition.InBox(170, -50, -170, 50)));
    assertThat(box).contains("i.longitude >= :p3 or i.longitude <= :p4");
    assertThat(box).contains("box(point(:p5, :p6), point(:p7, :p8)) or point");
    assertThat(box)
        .endsWith(
            "[-50.0, 50.0, 170.0, -170.0, 170.0, -50.0, 180.0, 50.0, -180.0, -50.0, -170.0, 50.0]");
  }

  @Test
  void aPageComesAfterTheOneBeforeStretchByStretch() {
    List<Order> order = List.of(new Order(CAPACITY, true), new Order(REGION, false));
    assertThat(page(list(Arrays.asList(20.0, "FRA", new Code("ABC")), order)))
        .isEqualTo(
            """
            (select * from (\
            (select i.* from ref.facility i where true and i.capacity_mw = :p1\
             and i.region_id = (select r.id from ref.region r where r.code = :p2)\
             and i.code > :p3 order by i.code limit 51)
                union all \
            (select i.* from ref.facility i join ref.region s1 on s1.id = i.region_id\
             where true and i.capacity_mw = :p4 and s1.code > :p5 order by s1.code, i.code limit 51)
                union all \
            (select i.* from ref.facility i left join ref.region s1 on s1.id = i.region_id\
             where true and i.capacity_mw < :p6\
             order by i.capacity_mw desc, s1.code, i.code limit 51)
                union all \
            (select i.* from ref.facility i left join ref.region s1 on s1.id = i.region_id\
             where true and i.capacity_mw is null order by i.capacity_mw, s1.code, i.code limit 51)\
            ) i limit 51) [20.0, FRA, ABC, 20.0, FRA, 20.0]\
            """);
  }

  @Test
  void afterAnItemWithoutTheValueOnlyOthersWithoutItCome() {
    assertThat(
            page(list(Arrays.asList(null, new Code("ABC")), List.of(new Order(CAPACITY, false)))))
        .isEqualTo(
            "(select i.* from ref.facility i where true and i.capacity_mw is null"
                + " and i.code > :p1 order by i.capacity_mw, i.code limit 51) [ABC]");
  }

  private static Property property(String name) {
    return FACILITIES.property(name).orElseThrow();
  }

  private static List<Object> codes(String... codes) {
    return Arrays.stream(codes).map(code -> (Object) new Code(code)).toList();
  }

  private static ItemList list(
      @Nullable List<@Nullable Object> after, List<Order> order, Condition... conditions) {
    return new ItemList(FACILITIES, null, List.of(conditions), order, after, 50, Set.of(), null);
  }

  private static String conditions(ItemList list) {
    Sql sql = new Sql();
    Where.conditions(sql, list);
    return sql.toString();
  }

  private static String page(ItemList list) {
    Sql sql = new Sql();
    CurrentPage.add(sql, list);
    return sql.toString();
  }
}
