package io.refdata.domain.item.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "Côte d'Ivoire", "\uD83D\uDE00", "a\uD83D\uDE00b", "line\nfeed\t\u0001"})
  void unicodeTextsCanBeStored(String text) {
    assertThat(Texts.fault(text)).isEmpty();
  }

  @Test
  void halfOfASurrogatePairCannotBeStored() {
    for (String text :
        new String[] {"\uD800", "\uDC00", "a\uD83Db", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"}) {
      assertThat(Texts.fault(text))
          .hasValueSatisfying(fault -> assertThat(fault).contains("surrogate"));
    }
  }

  @Test
  void nulCannotBeStored() {
    assertThat(Texts.fault("a\0b"))
        .hasValueSatisfying(fault -> assertThat(fault).contains("U+0000"));
  }
}
