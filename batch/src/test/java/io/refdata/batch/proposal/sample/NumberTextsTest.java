package io.refdata.batch.proposal.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"1", "-1.5", "1,5", "1,234.5", "1.234,5", "1 234", "1e-3", "12 %", "(5)", ".5"})
  void numbersHaveManyForms(String text) {
    assertThat(NumberTexts.isNumber(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "31.12.2020", "10:05", "1,23,4", "AB1", "2020-01"})
  void otherTextsAreNone(String text) {
    assertThat(NumberTexts.isNumber(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"1,5 2,25; ,", "1.5 2,000.25; .", "1,234 5,678; .", "1.234,5; ,", "1 2; ."})
  void theDecimalSignIsTheOneThatIsProven(String texts, char decimal) {
    assertThat(NumberTexts.decimal(List.of(texts.split(" ")))).isEqualTo(decimal);
  }
}
