package io.refdata.domain.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "ENERGY, kW.h, false",
    "ENERGY, kW, true",
    "POWER, kW, false",
    "MASS, t{CO2e}, false",
    "MASS_PER_ENERGY, kg/(MW.h), false",
    "MASS_PER_ENERGY, MJ/kg, true",
    "ENERGY_PER_COUNT, kW.h/{person}, false",
    "VOLUME_PER_TIME, 10*3.[bbl_us]/d, false",
    "POWER_PER_AREA, W/m2, false",
    "RATIO, %, false",
    "COUNT, {person}, false",
    "COUNT, m, true",
    "TEMPERATURE, [degF], false",
    "HAPPINESS, kW.h, false",
    "ENERGY_PER_HAPPINESS, kW.h, false",
    "ENERGY, no unit, false"
  })
  void aKnownNameIsComparedWithWhatTheUnitMeasures(String name, String ucum, boolean contradicts) {
    assertThat(Quantity.contradicts(name, ucum)).isEqualTo(contradicts);
  }

  @Test
  void everyQuantityHasADimension() {
    for (Quantity quantity : Quantity.values()) {
      assertThat(Quantity.dimension(quantity.name())).as(quantity.name()).isPresent();
    }
  }
}
