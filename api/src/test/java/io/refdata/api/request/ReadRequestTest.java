package io.refdata.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadRequestTest {
  @Test
  void namesAndValuesAreDecoded() {
    assertThat(ReadRequest.parameters("q=a%2Bb&q=a+b&%61sOf=2026-01-01T00%3A00%3A00%2B01:00"))
        .isEqualTo(
            Map.of("q", List.of("a+b", "a b"), "asOf", List.of("2026-01-01T00:00:00+01:00")));
  }

  @Test
  void aParameterWithoutAValueHasAnEmptyOne() {
    assertThat(ReadRequest.parameters("a&b=&c=d=e&&"))
        .isEqualTo(
            Map.of("a", List.of(""), "b", List.of(""), "c", List.of("d=e"), "", List.of("")));
  }

  @Test
  void withoutAQueryThereAreNone() {
    assertThat(ReadRequest.parameters("")).isEmpty();
  }
}
