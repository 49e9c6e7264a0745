package io.refdata.batch.load.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YearsTest {
  @ParameterizedTest
  @CsvSource({
    "2012.0,2012",
    "2013.9999999999998,2014",
    "2014.0000000000002,2014",
    "1996.1311069882502,1996",
    "2012,2012",
    "2012-05-01,2012-05-01",
    "12.5,12.5",
    "soon,soon"
  })
  void fractionsOfYearsAreDropped(String text, String year) {
    assertThat(Years.of(text)).isEqualTo(year);
  }
}
