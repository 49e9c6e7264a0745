package io.refdata.persistence.item.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.db.MigratedDatabase;
import io.refdata.domain.unit.Quantity;
import io.refdata.domain.unit.Ucum;
import io.refdata.persistence.Database;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeededUnitsIT {
  @Test
  void everySeededUnitMeasuresWhatItsDimensionSays() {
    try (MigratedDatabase database = MigratedDatabase.create()) {
      List<Map.Entry<String, String>> units =
          Database.of(database.dataSource())
              .withHandle(
                  handle ->
                      handle
                          .createQuery("select ucum, dimension from ref.unit")
                          .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                          .list());
      assertThat(units).hasSizeGreaterThanOrEqualTo(68);
      assertThat(units)
          .allSatisfy(
              unit ->
                  assertThat(Ucum.parse(unit.getKey()).map(Ucum::dimension))
                      .isPresent()
                      .isEqualTo(Quantity.dimension(unit.getValue())));
    }
  }
}
