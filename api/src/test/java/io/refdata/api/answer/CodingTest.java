package io.refdata.api.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip | GZIP",
        "GZIP;q=0.001 | GZIP",
        "br, x-gzip;q=0.5 | GZIP",
        "* | GZIP",
        "br | PLAIN",
        "gzip;q=0 | PLAIN",
        "gzip ; q=0.000, * | PLAIN",
        "gzip;q=0.2, identity;q=0.9 | PLAIN",
        "gzip, identity;q=0 | ONLY_GZIP",
        "gzip, *;q=0 | ONLY_GZIP",
        "identity;q=0 | NONE",
        "*;q=0 | NONE",
        "*;q=0, identity | PLAIN",
        "gzip;q=0, identity;q=0 | NONE",
        "gzip;q=abc | GZIP",
        ", ; | PLAIN",
      })
  void itIsWhatTheClientLikesBest(String accepted, Coding expected) {
    assertThat(Coding.of(accepted)).isEqualTo(expected);
  }
}
