package io.refdata.batch.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NumberedTextsTest {
  private static final int LETTERS = 18;

  /**
   * {@code Aa} and {@code BB} have the same {@link String#hashCode()}, and so have all texts that
   * are built from them.
   */
  @Test
  void textsWithTheSameHashCodeAreFoundQuickly() {
    NumberedTexts texts = new NumberedTexts();
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          for (int i = 0; i < 1 << LETTERS; i++) {
            char[] text = colliding(i);
            assertThat(texts.find(text, 0, text.length)).isEqualTo(-1);
            assertThat(texts.add(text, 0, text.length)).isEqualTo(i);
          }
        });
    char[] text = colliding(77);
    assertThat(texts.find(text, 0, text.length)).isEqualTo(77);
  }

  private static char[] colliding(int number) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < LETTERS; bit++) {
      text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString().toCharArray();
  }
}
