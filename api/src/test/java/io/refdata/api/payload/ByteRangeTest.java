package io.refdata.api.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  private static final long SIZE = 10;

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1, bytes 0-0/10",
    "bytes=2-4, 2, 3, bytes 2-4/10",
    "Bytes=2-4, 2, 3, bytes 2-4/10",
    "bytes=7-, 7, 3, bytes 7-9/10",
    "bytes=7-99, 7, 3, bytes 7-9/10",
    "bytes=-3, 7, 3, bytes 7-9/10",
    "bytes=-99, 0, 10, bytes 0-9/10"
  })
  void aRangeIsAPartOfTheFile(String header, long from, long count, String contentRange) {
    ByteRange range = range(header, SIZE);
    assertThat(range).isEqualTo(new ByteRange(from, count));
    assertThat(range.contentRange(SIZE)).isEqualTo(contentRange);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0"})
  void aRangeBeyondTheEndHasNoBytes(String header) {
    ByteRange range = range(header, SIZE);
    assertThat(range).isNotNull();
    assertThat(range.count()).isZero();
    assertThat(range.contentRange(SIZE)).isEqualTo("bytes */10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=4-2",
        "bytes=0-1,4-5",
        "bytes=+1-2",
        "bytes=1 - 2",
        "bytes=a-b",
        "lines=0-1",
        "bytes=0-99999999999999999999"
      })
  void whatIsNoSingleRangeMeansTheWholeFile(String header) {
    assertThat(ByteRange.of(header, SIZE)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-", "bytes=-5"})
  void anEmptyFileHasNoBytes(String header) {
    ByteRange range = range(header, 0);
    assertThat(range).isNotNull();
    assertThat(range.contentRange(0)).isEqualTo("bytes */0");
  }

  private static ByteRange range(String header, long size) {
    return Objects.requireNonNull(ByteRange.of(header, size));
  }
}
