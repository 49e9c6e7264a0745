package io.refdata.domain.item.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnersTest {
  @Test
  void theTextParsesToTheSameValueInTheSameOrder() {
    Owners owners = Owners.parse("RWE:0.40;EDF:0.6").orElseThrow();
    assertThat(owners).hasToString("RWE:0.4;EDF:0.6");
    assertThat(Owners.parse(owners.toString())).contains(owners);
  }

  @Test
  void sharesAddUpAsWritten() {
    assertThat(Owners.parse("A:0.1;B:0.2;C:0.7")).isPresent();
    assertThat(Owners.parse("A:0.3333;B:0.3333;C:0.3335")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "EDF",
        "EDF:",
        "EDF:0",
        "EDF:-0.1",
        "EDF:1.1",
        "EDF:x",
        "EDF:1;",
        "A:0.1;A:0.2",
        "A B:1",
        "A:1e-40"
      })
  void invalidTextsAreNotParsed(String text) {
    assertThat(Owners.parse(text)).isEmpty();
  }
}
