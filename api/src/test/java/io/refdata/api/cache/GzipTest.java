package io.refdata.api.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipTest {
  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br, GZIP", "gzip;q=0.5", " gzip ; q=1", "*", "deflate,*;q=0.1"})
  void gzipIsAccepted(String header) {
    assertThat(Gzip.accepted(headers(header))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "gzip;q=0", "gzip ; q=0.000", "gzip;Q=0", "*;q=0", ""})
  void gzipIsNotAccepted(String header) {
    assertThat(Gzip.accepted(headers(header))).isFalse();
  }

  @Test
  void aLongHeaderIsReadAtOnce() {
    for (String part : new String[] {"\u000b", ";", "\u000b;", ";q=0", "gzip;q=0.0"}) {
      HeaderMap headers = headers("x" + part.repeat(1_000_000) + "x");
      assertThat(assertTimeoutPreemptively(Duration.ofMinutes(1), () -> Gzip.accepted(headers)))
          .isFalse();
    }
  }

  private static HeaderMap headers(String acceptEncoding) {
    return new HeaderMap().add(Headers.ACCEPT_ENCODING, acceptEncoding);
  }
}
