package io.refdata.api.response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
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

  /** Eight such headers of 8,000 signs stopped everything for seconds. */
  @Test
  void aLongHeaderIsReadAtOnce() {
    for (String part : List.of("\u000b", ";", "\u000b;", ";q=0", "gzip;q=0.0")) {
      String header = "x" + part.repeat(1_000_000) + "x";
      assertThat(assertTimeoutPreemptively(Duration.ofMinutes(1), () -> Coding.of(header)))
          .isEqualTo(Coding.PLAIN);
    }
  }
}
