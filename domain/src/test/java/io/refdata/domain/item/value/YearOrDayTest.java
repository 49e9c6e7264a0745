package io.refdata.domain.item.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.domain.item.PropertyKind;
import java.time.LocalDate;
import java.time.Year;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YearOrDayTest {
  @Test
  void aDayHasAYear() {
    YearOrDay day = new YearOrDay("2012-02-29");
    assertThat(day.day()).isEqualTo(LocalDate.of(2012, 2, 29));
    assertThat(day.year()).isEqualTo(Year.of(2012));
  }

  @Test
  void aYearBeginsOnItsFirstDay() {
    YearOrDay year = new YearOrDay("2012");
    assertThat(year.day()).isEqualTo(LocalDate.of(2012, 1, 1));
    assertThat(year.year()).isEqualTo(Year.of(2012));
    assertThat(year).hasToString("2012").isLessThan(new YearOrDay("2012-01-01"));
    assertThat(new YearOrDay("0999").year()).isEqualTo(Year.of(999));
  }

  @Test
  void daysAreParsedFromTheYearOneOn() {
    assertThat(YearOrDay.parse("0000-01-01")).isEmpty();
    assertThat(YearOrDay.parse("0000-12-31")).isEmpty();
    assertThat(YearOrDay.parse("0001-01-01")).contains(new YearOrDay("0001-01-01"));
    assertThat(YearOrDay.parse("9999-12-31")).contains(new YearOrDay("9999-12-31"));
    assertThat(PropertyKind.DAY.parse("0000-01-01")).isEmpty();
    assertThat(PropertyKind.DAY.parse("0001-01-01")).contains(LocalDate.of(1, 1, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12",
        "20120",
        "2012-1-1",
        "2011-02-29",
        "2012-13-01",
        "2012-05",
        "x",
        "+12012-05-01",
        "-2012-05-01"
      })
  void otherTextsAreNotParsed(String text) {
    assertThat(YearOrDay.parse(text)).isEmpty();
    assertThatThrownBy(() -> new YearOrDay(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
