package io.refdata.domain.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.domain.dataset.Frequency;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimePatternTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "yyyy,, 2019, 2019-01-01T00:00",
        "yyyy'Q'q,, 2019Q3, 2019-07-01T00:00",
        "yyyy 'Q'Q,, 2019 Q4, 2019-10-01T00:00",
        "YYYY'W'ww,, 2020W53, 2020-12-28T00:00",
        "YYYY'W'ww,, 2018W01, 2018-01-01T00:00",
        "YYYY-'W'ww-e,, 2020-W01-1, 2019-12-30T00:00",
        "yyyy-DDD,, 2020-366, 2020-12-31T00:00",
        "yyyyMMdd,, 20200229, 2020-02-29T00:00",
        "yyMMdd,, 200229, 2020-02-29T00:00",
        "dd/MM/yy,, 31/12/99, 1999-12-31T00:00",
        "dd.MM.yyyy HH.mm,, 01.03.2020 10.05, 2020-03-01T10:05",
        "yyyy-MM-dd hh a,, 2020-03-01 12 am, 2020-03-01T00:00",
        "yyyy-MM-dd hh:mm a,, 2020-03-01 03:30 PM, 2020-03-01T15:30",
        "yyyy/MM/dd kk:mm,, 2022/07/01 24:00, 2022-07-02T00:00",
        "yyyy/MM/dd kk:mm,, 2022/07/01 01:00, 2022-07-01T01:00",
        "yyyy/MM/dd[ kk:mm],, 2022/07/01, 2022-07-01T00:00",
        "yyyy-MM-dd'T'HH:mm:ss.SSS,, 2020-03-01T10:00:00.250, 2020-03-01T10:00:00.250",
        "MMMM yyyy,, September 2020, 2020-09-01T00:00",
        "MMMM yyyy, de, Mai 2020, 2020-05-01T00:00",
        "d MMMM yyyy, fr, 14 juillet 2020, 2020-07-14T00:00",
        "EEEE d MMMM yyyy, es, martes 14 julio 2020, 2020-07-14T00:00",
        "yyyy-MM[-dd],, 2020-03, 2020-03-01T00:00"
      })
  void allThatAPatternReadsCounts(
      String pattern, @Nullable String language, String text, LocalDateTime time) {
    assertThat(TimePattern.of(TimeForm.of(pattern, language)).parse(text))
        .hasValueSatisfying(parsed -> assertThat(parsed.local()).isEqualTo(time));
  }

  @Test
  void anOffsetTellsWhichOfTwoHoursOfARegionItIs() {
    TimePattern pattern = TimePattern.of(TimeForm.of("yyyy-MM-dd'T'HH:mmxxx'['VV']'", null));
    for (String offset : List.of("+01:00", "+02:00")) {
      assertThat(pattern.parse("2022-10-30T02:00" + offset + "[Europe/Berlin]"))
          .hasValueSatisfying(parsed -> assertThat(parsed.zone()).isEqualTo(ZoneOffset.of(offset)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy'Q'q, 2019Q5",
    "yyyy-MM 'Q'q, 2019-03 Q2",
    "YYYY'W'ww, 2019W53",
    "YYYY'W'ww, 2019W00",
    "dd/MM/yyyy, 31/02/2019",
    "dd/MM/yyyy, 2019-02-01",
    "EEEE d MMMM yyyy, Monday 14 July 2020",
    "yyyy-MM-dd HH:mm, 2020-03-01 24:00",
    "yyyy-MM-dd HH:mm, 2020-03-01 10:60"
  })
  void aTextThatIsNoSuchTimeIsNone(String pattern, String text) {
    assertThat(TimePattern.of(TimeForm.of(pattern, null)).parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "MM, tells no year",
    "yyyy-MM-dd hh, has hh without a",
    "yyyy-MM-dd HH a, has a without hh",
    "YYYY-MM-dd, has YYYY without ww",
    "yyyy'W'ww, 'has ww: a week belongs'",
    "yyyy-MM E, has a day of the week",
    "yyyy-MM-dd mm, has minutes or seconds without an hour",
    "yyyy-MM-dd W, has the letter W",
    "yyyy-MM-ddTHH:mm, has the letter T",
    "yyyy], is not a pattern of dates"
  })
  void aPatternWithALetterThatWouldBeIgnoredIsNone(String pattern, String reason) {
    assertThatThrownBy(() -> TimePattern.of(TimeForm.of(pattern, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(reason);
  }

  @Test
  void aLanguageThatIsNoneIsNamed() {
    assertThatThrownBy(() -> TimePattern.of(TimeForm.of("yyyy", "no such language")))
        .hasMessage("has no language 'no such language'");
  }

  @ParameterizedTest
  @CsvSource({
    "A, yyyy,",
    "A, dd/MM/yyyy,",
    "Q, yyyy'Q'q,",
    "Q, yyyy-MM,",
    "Q, yyyy, a quarter or a month",
    "M, yyyy-MM,",
    "M, yyyy'Q'q, a month",
    "M, yyyy[-MM], a month",
    "W, YYYY'W'ww,",
    "W, dd/MM/yyyy,",
    "W, yyyy-MM, a week or a day",
    "D, yyyy-DDD,",
    "D, YYYY'W'ww, a day",
    "H, yyyy-MM-dd HH,",
    "H, yyyy-MM-dd, an hour"
  })
  void itTellsWhatAFrequencyLacks(Frequency frequency, String pattern, @Nullable String lacking) {
    assertThat(TimePattern.of(TimeForm.of(pattern, null)).lacksFor(frequency).orElse(null))
        .isEqualTo(lacking);
  }

  @Test
  void yearsOfTwoDigitsLieAroundThisOne() {
    TimePattern pattern = TimePattern.of(TimeForm.of("yy", null));
    int now = Year.now(ZoneOffset.UTC).getValue();
    for (int year = now - 80; year < now + 20; year++) {
      int expected = year;
      assertThat(pattern.parse("%02d".formatted(year % 100)))
          .hasValueSatisfying(parsed -> assertThat(parsed.local().getYear()).isEqualTo(expected));
    }
  }

  @Test
  void aDayOrAYearIsWritten() {
    assertThat(TimePattern.of(TimeForm.of("dd.MM.yyyy", null)).dayOrYear("05.09.2020"))
        .hasValue("2020-09-05");
    assertThat(TimePattern.of(TimeForm.of("yyyy", null)).dayOrYear("1987")).hasValue("1987");
    assertThat(TimePattern.of(TimeForm.of("yyyy", null)).tellsDayOrYear()).isTrue();
    assertThat(TimePattern.of(TimeForm.of("yyyy-MM", null)).tellsDayOrYear()).isFalse();
  }
}
