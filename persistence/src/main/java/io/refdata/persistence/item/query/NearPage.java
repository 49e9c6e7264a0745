package io.refdata.persistence.item.query;

import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.Near;
import io.refdata.persistence.sql.SqlText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The neighbours of a place, the nearest first, those at the same distance in the order of codes.
 *
 * <p>The index of places yields current items by their exact distance, but the order is by metres.
 * So it tells first how far the page reaches; the page is then sorted from all within that reach.
 * Past items have no such index: all that were there are sorted.
 */
final class NearPage {
  /** The column with the distance of an item, in kilometres. */
  static final String DISTANCE = "distance_km";

  /** Kilometres by which the reach is extended: more than rounding can change. */
  private static final String TOLERANCE = "0.002";

  private static final double RADIUS_KM = 6371.0088;

  private final Sql sql;
  private final ItemList list;
  private final Near near;
  private final String latitude;
  private final String longitude;

  private NearPage(Sql sql, ItemList list) {
    this.sql = sql;
    this.list = list;
    this.near = Objects.requireNonNull(list.near());
    this.latitude = sql.bind(near.latitude()) + "::float8";
    this.longitude = sql.bind(near.longitude()) + "::float8";
  }

  /**
   * Adds the items of a list after its key, as SQL that can stand in place of a table. It has one
   * item more than the limit, if there is one, which shows whether there is a next page.
   */
  static void add(Sql sql, ItemList list) {
    NearPage page = new NearPage(sql, list);
    Integer k = list.near() == null ? null : list.near().k();
    if (k == null) {
      page.nearest(list.limit() == null ? null : list.limit() + 1, true);
      return;
    }
    sql.add("(select i.* from ");
    page.nearest(k, false);
    sql.add(" i where true");
    page.after("i." + DISTANCE);
    if (list.limit() != null) {
      sql.add(" order by i.%s, i.code limit %d".formatted(DISTANCE, list.limit() + 1));
    }
    sql.add(")");
  }

  /** Adds all items of a list, without its key and limit, to be counted. */
  static void addAll(Sql sql, ItemList list) {
    NearPage page = new NearPage(sql, list);
    page.nearest(page.near.k(), false);
  }

  /**
   * Adds the nearest items.
   *
   * @param count how many; null for all
   * @param onward whether they come after the key of the list
   */
  private void nearest(@Nullable Integer count, boolean onward) {
    boolean indexed = !sql.isPast();
    sql.add("(");
    if (count != null && indexed) {
      sql.add("with reach as materialized (select max(n.line) as line from (select ")
          .add(line())
          .add(" as line");
      from(onward);
      sql.add(" order by %s limit %d) n) ".formatted(line(), count));
    }
    sql.add("select i.*, ").add(distance()).add(" as " + DISTANCE);
    from(onward);
    if (count != null && indexed) {
      within("(select r.line + %s from reach r)".formatted(TOLERANCE));
    }
    if (count != null) {
      sql.add(" order by %s, i.code limit %d".formatted(DISTANCE, count));
    }
    sql.add(")");
  }

  private void from(boolean onward) {
    sql.add(" from ").add(sql.table(list)).add(" i");
    Where.conditions(sql, list);
    sql.add(" and i.latitude is not null and i.longitude is not null");
    if (near.radiusKm() != null) {
      double radius = near.radiusKm();
      if (!sql.isPast()) {
        double arc = Math.min(radius / RADIUS_KM, Math.PI);
        within(sql.bind(2 * RADIUS_KM * Math.sin(arc / 2)) + "::float8 + " + TOLERANCE);
      }
      sql.add(" and ").add(distance()).add(" <= " + sql.bind(radius));
    }
    if (onward) {
      after(distance());
    }
  }

  /** Adds that items lie in a box in space around the place: the index finds them. */
  private void within(String kilometres) {
    sql.add(
        SqlText.of(
                " and ref.place(i.latitude, i.longitude) operator(public.<@)"
                    + " public.cube_enlarge(ref.place(<latitude>, <longitude>), <kilometres>, 3)")
            .with("latitude", latitude)
            .with("longitude", longitude)
            .with("kilometres", kilometres)
            .text());
  }

  /** The straight line through the earth, in kilometres, in whose order the index is read. */
  private String line() {
    return SqlText.of(
            "ref.place(i.latitude, i.longitude) operator(public.<->)"
                + " ref.place(<latitude>, <longitude>)")
        .with("latitude", latitude)
        .with("longitude", longitude)
        .text();
  }

  private String distance() {
    return SqlText.of("ref.distance_km(<latitude>, <longitude>, i.latitude, i.longitude)")
        .with("latitude", latitude)
        .with("longitude", longitude)
        .text();
  }

  private void after(String distance) {
    List<@Nullable Object> key = list.after();
    if (key != null) {
      String beyond = sql.bind(Objects.requireNonNull(key.get(0)));
      sql.add(
          " and (%s > %s or %s = %s and i.code > %s)"
              .formatted(
                  distance,
                  beyond,
                  distance,
                  beyond,
                  sql.bind(Objects.requireNonNull(key.get(1)))));
    }
  }
}
