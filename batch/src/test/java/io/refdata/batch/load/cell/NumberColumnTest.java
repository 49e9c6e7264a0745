package io.refdata.batch.load.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.persistence.layout.LayoutJson;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberColumnTest {
  private NumberColumn column(String form) {
    LayoutDefinition layout =
        LayoutJson.parse(
            "{\"into\": \"datasets/X\", \"time\": {\"column\": \"t\"}, \"value\": {\"column\": \"v\", %s}}"
                .formatted(form));
    return new NumberColumn(layout, Objects.requireNonNull(layout.value()).number(), -1, List.of());
  }

  /** The exponents of the first three do not fit the integers of Java. */
  @Timeout(60)
  @ParameterizedTest
  @CsvSource({
    "1e-3000000000, true",
    "0e9999999999, false",
    "0.0e-9999999999, false",
    "1e-2147483647, true",
    "1e-999999999, true",
    "0e999999999, false"
  })
  void aScaledNumberOfAnyExponentIsReadAsAnotherOne(String text, boolean rounded) {
    NumberColumn scaled = column("\"scale\": 0.001");
    assertThat(scaled.parse(text)).isZero();
    assertThat(scaled.isRounded()).isEqualTo(rounded);
    NumberColumn percent = column("\"percent\": true");
    assertThat(percent.parse(text + "%")).isZero();
    assertThat(percent.isRounded()).isEqualTo(rounded);
  }

  @Test
  void aGroupThatBeginsWithZeroHasADecimalCommaBehindIt() {
    NumberColumn column = column("\"thousands\": \",\"");
    assertThat(column.parse("0,123")).isNaN();
    assertThat(column.parse("-012,345")).isNaN();
    assertThat(column.parse("10,123.5")).isEqualTo(10_123.5);
    assertThat(column.parse("0.123")).isEqualTo(0.123);
  }

  @Test
  void zerosBeforeAnExponentDoNotCount() {
    assertThat(column("\"scale\": 1000").parse("1e-0000000000000002")).isEqualTo(10);
  }

  @Timeout(60)
  @Test
  void aScaledNumberThatIsTooLargeIsNone() {
    NumberColumn column = column("\"scale\": 0.001");
    for (String text : List.of("1e999999999", "1e9999999999", "-1e2147483648")) {
      assertThat(column.parse(text)).isNaN();
      assertThat(column.reject(text).code()).isEqualTo("NUMBER_TOO_LARGE");
    }
  }
}
