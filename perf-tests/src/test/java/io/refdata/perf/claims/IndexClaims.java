package io.refdata.perf.claims;

import io.refdata.domain.catalogue.Catalogue;
import io.refdata.domain.item.Property;
import io.refdata.domain.item.value.Code;
import io.refdata.perf.gate.Claim;
import io.refdata.persistence.item.Condition;
import io.refdata.persistence.item.ItemList;
import io.refdata.persistence.item.query.ItemRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Measures how much the indexes of facilities speed up the most frequent lists. */
final class IndexClaims {
  private static final int PAGE = 50;

  private final DataSource source;

  IndexClaims(DataSource source) {
    this.source = source;
  }

  List<Claim> measure() throws Exception {
    List<Double> platform = new ArrayList<>();
    List<Double> other = new ArrayList<>();
    try (PlainSql sql = new PlainSql(source);
        Copies copies = new Copies(sql)) {
      sql.execute(
          "create table claims.facility (like ref.facility including all excluding indexes)",
          "insert into claims.facility select * from ref.facility",
          "alter table claims.facility add primary key (id)",
          "vacuum analyze claims.facility");
      try (Side indexed = Side.platform(source);
          Side bare = Side.with(source, "ref.facility", "claims.facility")) {
        for (Condition condition : conditions()) {
          double[] millis =
              Turns.medianMillis(() -> page(indexed, condition), () -> page(bare, condition));
          platform.add(millis[0]);
          other.add(millis[1]);
        }
      }
    }
    return List.of(
        new Claim(
            "indexes.time",
            "sustainability platform",
            "Indexes: time of lists",
            71,
            Figures.percentLess(sum(platform), sum(other)),
            "%",
            true,
            each(platform),
            each(other),
            "Four pages of 50 facilities (one code, by fuel, by region, by name), read by the"
                + " platform's own class, from its table and from a copy that has only the primary"
                + " key; the sums of the medians."));
  }

  private static double sum(List<Double> millis) {
    return millis.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static String each(List<Double> millis) {
    return millis.stream().map(Figures::millis).collect(Collectors.joining(" + "));
  }

  private static List<Condition> conditions() {
    return List.of(
        new Condition.AnyOf(Catalogue.FACILITIES.code(), List.of(new Code("PLANT_77"))),
        new Condition.AnyOf(property("fuel"), List.of(new Code("HYDRO"))),
        new Condition.AnyOf(property("region"), List.of(new Code("FRA"))),
        new Condition.NameContains("777"));
  }

  private static Property property(String name) {
    return Catalogue.FACILITIES.property(name).orElseThrow();
  }

  private static void page(Side side, Condition condition) {
    ItemList list =
        new ItemList(
            Catalogue.FACILITIES, null, List.of(condition), List.of(), null, PAGE, Set.of(), null);
    if (new ItemRows(side.jdbi()).page(list).items().isEmpty()) {
      throw new IllegalStateException("A page without items measures nothing");
    }
  }
}
