package io.refdata.api.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.domain.dataset.Dimension;
import io.refdata.domain.item.value.Code;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPatternTest {
  private static final List<Dimension> TWO =
      List.of(
          new Dimension(new Code("region"), "regions"),
          new Dimension(new Code("indicator"), "indicators"));

  @Test
  void aCommaDividesTheCodesOfOneDimension() {
    assertThat(KeyPattern.parse("FRA,DEU.co2", TWO))
        .containsExactly(List.of(new Code("FRA"), new Code("DEU")), List.of(new Code("co2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*.co2", ".co2", "FRA,*.co2"})
  void aStarOrNothingIsAny(String text) {
    assertThat(KeyPattern.parse(text, TWO)).containsExactly(List.of(), List.of(new Code("co2")));
  }

  @ParameterizedTest
  @CsvSource({"FRA,         1", "FRA.co2.A,   3", "..,          3", "'',          1"})
  void eachDimensionHasItsPart(String text, int parts) {
    assertThatThrownBy(() -> KeyPattern.parse(text, TWO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'%s' has %d parts, not the 2 of region.indicator", text, parts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FRA,.co2", "F R.co2", "FRA.co2,,ch4", "F*.co2"})
  void whatIsNoCodeIsRefused(String text) {
    assertThatThrownBy(() -> KeyPattern.parse(text, TWO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a code");
  }
}
