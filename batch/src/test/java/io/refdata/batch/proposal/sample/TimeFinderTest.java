package io.refdata.batch.proposal.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.dataset.Frequency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFinderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A | 2019;2020 | |",
        "M | 2019-01;2019M02 | |",
        "D | 31.12.2020;01.01.2021 | dd.MM.yyyy |",
        "D | 12/31/2020;01/01/2021 | MM/dd/yyyy |",
        "D | 01/02/2020;02/02/2020 | dd/MM/yyyy | MM/dd/yyyy",
        "D | 5-Mar-2020;17-Apr-2020 | d-MMM-yyyy |",
        "M | Jan 2020;Feb 2020 | MMM yyyy |",
        "H | 11/22/2017 00:00:00;11/22/2017 13:00:00 | MM/dd/yyyy HH:mm:ss |"
      })
  void thePatternIsTheOneThatReadsAllTexts(
      Frequency frequency, String texts, @Nullable String pattern, @Nullable String other) {
    TimeFinder.Found found = new TimeFinder(frequency).find(List.of(texts.split(";")), false);
    assertThat(found.share()).isEqualTo(1);
    assertThat(found.form().pattern()).isEqualTo(pattern);
    assertThat(found.other()).isEqualTo(other);
  }
}
