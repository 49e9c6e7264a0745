package io.refdata.domain.item.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTest {
  @ParameterizedTest
  @ValueSource(strings = {"A", "fra", "OWID_WRL", "M49-001", "a@b$c", "0"})
  void lettersDigitsAndFourSignsMakeACode(String text) {
    assertThat(Code.parse(text)).contains(new Code(text));
    assertThat(new Code(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "A B", "A.B", "A/B", "Ä", "A\n", "٣", "A,B", "*"})
  void otherTextsAreNotCodes(String text) {
    assertThat(Code.parse(text)).isEmpty();
    assertThatThrownBy(() -> new Code(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCodeHasAtMost64Characters() {
    assertThat(Code.parse("A".repeat(64))).isPresent();
    assertThat(Code.parse("A".repeat(65))).isEmpty();
  }

  @Test
  void codesAreCaseSensitiveAndCapitalsSortFirst() {
    assertThat(new Code("a")).isNotEqualTo(new Code("A")).isGreaterThan(new Code("B"));
  }
}
