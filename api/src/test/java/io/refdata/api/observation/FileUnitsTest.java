package io.refdata.api.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.item.value.Code;
import io.refdata.persistence.dataset.Series;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileUnitsTest {
  private static final List<Dimension> DIMENSIONS =
      List.of(
          new Dimension(new Code("region"), "regions"),
          new Dimension(new Code("indicator"), "indicators"));

  private static Series series(String region, String indicator, String unit) {
    return new Series(
        1,
        region + "." + indicator,
        List.of(region, indicator),
        unit.isEmpty() ? null : unit,
        null,
        null);
  }

  private static Map<String, String> units(Series... series) {
    return FileUnits.of(DIMENSIONS, List.of(series), Series::unit);
  }

  @Test
  void oneUnitIsThatOfAll() {
    assertThat(units(series("FRA", "co2", "MT"), series("DEU", "co2", "MT")))
        .isEqualTo(Map.of("unit", "MT"));
  }

  @Test
  void theDimensionThatTellsTheUnitsHasThem() {
    assertThat(
            units(
                series("FRA", "share", ""),
                series("FRA", "gdp", "USD"),
                series("DEU", "co2", "MT"),
                series("FRA", "co2", "MT")))
        .isEqualTo(
            Map.of("units", "{\"indicator\":{\"co2\":\"MT\",\"gdp\":\"USD\",\"share\":null}}"));
  }

  @Test
  void unitsThatNoDimensionTellsAloneAreListed() {
    assertThat(
            units(
                series("FRA", "price", "EUR"),
                series("USA", "price", "USD"),
                series("FRA", "co2", "MT")))
        .isEqualTo(Map.of("units", "[\"EUR\",\"MT\",\"USD\"]"));
  }

  @Test
  void withoutUnitsThereIsNothingToSay() {
    assertThat(units(series("FRA", "share", ""))).isEmpty();
    assertThat(units()).isEmpty();
  }
}
