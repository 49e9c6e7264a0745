package io.refdata.perf;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.Condition.Operator;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.ItemList.Order;
import io.refdata.persistence.item.MembershipDay;
import io.refdata.persistence.item.Past;
import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lists of facilities whose pages {@link PastListBenchmark} reads. */
public enum ListQuery {
  ALL,
  FUEL(anyOf("fuel", "HYDRO")),
  REGION(anyOf("region", "FRA")),
  /** A fifth of all. */
  WITHIN(within("M49-150")),
  /** A thirtieth. */
  WITHIN_SMALL(within("M49-155")),
  CAPACITY(capacity(Operator.GE, 500)),
  /** A tenth. */
  CAPACITY_RANGE(capacity(Operator.GE, 500), capacity(Operator.LE, 600)),
  /** One in 500. */
  BBOX_10(new Condition.InBox(0, 40, 10, 50)),
  BBOX_1(new Condition.InBox(0, 40, 1, 41)),
  NAME(new Condition.NameContains("ant 12")),
  NAME_OF_ALL(new Condition.NameContains("plant")),
  BY_CAPACITY(List.of(new Order(property("capacityMw"), true))),
  BY_CAPACITY_ASCENDING(List.of(new Order(property("capacityMw"), false))),
  BY_NAME(List.of(new Order(property("name"), false))),
  BY_REGION(List.of(new Order(property("region"), false))),
  BY_REGION_AND_CAPACITY(
      List.of(new Order(property("region"), false), new Order(property("capacityMw"), true))),
  NAME_OF_ALL_BY_CAPACITY(
      List.of(new Order(property("capacityMw"), true)), new Condition.NameContains("plant")),
  /** The last page of all. */
  LAST,
  LAST_BY_CAPACITY(List.of(new Order(property("capacityMw"), true))),
  LAST_BY_REGION(List.of(new Order(property("region"), false)));

  private final List<Order> order;
  private final List<Condition> conditions;

  ListQuery(Condition... conditions) {
    this(List.of(), conditions);
  }

  ListQuery(List<Order> order, Condition... conditions) {
    this.order = order;
    this.conditions = List.of(conditions);
  }

  private static Condition within(String region) {
    return new Condition.Within(
        property("region"),
        new Code(region),
        new MembershipDay(LocalDate.of(2026, Month.NOVEMBER, 1), false));
  }

  List<Order> order() {
    return order;
  }

  /** True for the last page, else it is the first. */
  boolean isLast() {
    return name().startsWith("LAST");
  }

  /**
   * A page of it, or all of it.
   *
   * @param limit the size of the page; null for all
   */
  ItemList list(
      @Nullable List<@Nullable Object> after, @Nullable Integer limit, @Nullable Past past) {
    return new ItemList(
        Catalogue.FACILITIES, null, conditions, order, after, limit, Set.of(), past);
  }

  private static Condition anyOf(String property, String code) {
    return new Condition.AnyOf(property(property), List.of(new Code(code)));
  }

  private static Condition capacity(Operator operator, double megawatts) {
    return new Condition.Compares(property("capacityMw"), operator, megawatts);
  }

  private static Property property(String name) {
    return Catalogue.FACILITIES.property(name).orElseThrow();
  }
}
