package io.refdata.batch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.refdata.batch.load.cell.CodeFromName;
import io.refdata.batch.load.cell.Numbers;
import io.refdata.batch.load.time.TimeColumn;
import io.refdata.batch.load.time.Years;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.layout.Source;
import io.refdata.domain.layout.TimeForm;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Parses very long cells. With quadratic time a cell would take more than an hour, so a limit of a
 * minute detects that on any machine.
 */
class LongCellsTest {
  private static final int LENGTH = 500_000;
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  @ParameterizedTest
  @ValueSource(strings = {"1", "0", "1.", "_", "_a", " ", "-", "\u0301\u0316", "é", "ß", "e"})
  void longCellsAreParsedInLinearTime(String part) {
    String text = part.repeat(LENGTH) + "x";
    TimeColumn times = new TimeColumn(Frequency.A, Source.column("time"));
    assertTimeoutPreemptively(
        TIMEOUT,
        () -> {
          assertThat(Years.of("2012." + text)).isEqualTo("2012." + text);
          assertThat(Years.of("2012." + "1".repeat(LENGTH))).hasSize(LENGTH + 5);
          assertThat(times.parse(text)).isEqualTo(TimeColumn.NONE);
          assertThat(times.parse("2012." + "0".repeat(LENGTH))).isNotEqualTo(TimeColumn.NONE);
          assertThat(Numbers.parse(text, '.')).isNaN();
          assertThat(CodeFromName.as(text).length()).isBetween(1, 64);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "' Électricité de France ',ELECTRICITE_DE_FRANCE",
    "'Öl, roh',OL_ROH",
    "'__a__b__',A__B",
    "'(Straße)',STRASSE",
    "'e\u0301\u0316e',EE",
    "'???',''"
  })
  void codesAreDerivedFromNames(String name, String code) {
    assertThat(CodeFromName.as(name)).isEqualTo(code);
  }

  /** A text like 01.01.2020 is a day, not a whole number with decimals. */
  @Test
  void daysOfJanuaryAreNotTakenForDecimals() {
    TimeColumn times =
        new TimeColumn(Frequency.D, Source.column("time", TimeForm.of("dd.MM.uuuu", null)));
    assertThat(times.parse("01.01.2020")).isEqualTo(1_577_836_800_000_000L);
    assertThat(new TimeColumn(Frequency.A, Source.column("time")).parse("2012.0"))
        .isEqualTo(1_325_376_000_000_000L);
  }
}
