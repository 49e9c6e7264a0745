package io.refdata.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScannersTest {
  @ParameterizedTest
  @CsvSource({"2012.0,2012", "2012.000,2012", "0.0,0", "007.0,007"})
  void aFractionOfZerosIsRemoved(String text, String plain) {
    assertThat(WholeNumber.plain(text)).isEqualTo(plain);
  }

  /** {@code 01.01.2020} is a day, not the number 1 with more text after it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2012",
        "2012.",
        ".0",
        "2012.05",
        "2012.0.0",
        "01.01.2020",
        "1.05.2020",
        "x2012.0",
        "2012.0x",
        "-1.0",
        "",
        "0",
        "."
      })
  void otherTextsStayUnchanged(String text) {
    assertThat(WholeNumber.plain(text)).isEqualTo(text);
  }

  @Test
  void onlyAsciiDigitsAreDigits() {
    assertThat(Digits.are("0123456789", 10)).isTrue();
    assertThat(Digits.are("0123456789", 9)).isFalse();
    assertThat(Digits.are("", 9)).isFalse();
    assertThat(Digits.are("1 ", 9)).isFalse();
    assertThat(Digits.are("-1", 9)).isFalse();
    assertThat(Digits.are("\u0661", 9)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "capacityMw,CAPACITY_MW",
    "m49,M49",
    "alpha2Code,ALPHA2_CODE",
    "ISIN,ISIN",
    "aBC,A_BC",
    "Ab,AB",
    "_A,_A"
  })
  void wordsBeginAtCapitals(String name, String divided) {
    assertThat(SnakeCase.upper(name)).isEqualTo(divided);
    assertThat(SnakeCase.lower(name)).isEqualTo(divided.toLowerCase(java.util.Locale.ROOT));
  }
}
