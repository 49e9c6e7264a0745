package io.refdata.persistence.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionSizeTest {
  /** Each becomes a million steps or more if it is compiled: so much memory that a server ends. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{1000}){1000}){1000}",
        "((?:(?:a{1000}){1000}){3})",
        "x{(a{1000}){1000}",
        "x{1,(a{1000}){1000}",
        "\\Q[\\E((a{1000}){1000})",
        "\\Q(\\E((a{1000}){1000})",
        "[]](\\d{1000}){1000}",
        "[^]](\\d{1000}){1000}",
        "[\\]](\\d{1000}){1000}",
        "[[:alpha:]](\\d{1000}){1000}",
        "\\[(\\d{1000}){1000}",
        "\\((\\d{1000}){1000}",
        "\\x{61}(\\pL{1000}){1000}",
        ")(\\p{L}{1000}){1000}",
        "(a{0,1000}){1000,}",
        "((a{1000}?){1000}?)",
        "(?:(?:(?i:a{1000})){1000})"
      })
  void repetitionsOfRepetitionsAreMultiplied(String expression) {
    assertThat(ExpressionSize.of(expression)).isGreaterThanOrEqualTo(1_000_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generation_gwh_(\\d{4})",
        "(?:a|b){3}([0-9A-Z_]{2,64})",
        "\\Qa{1000}\\E(b)",
        "([[:alpha:]]{10}[^]x]{5})",
        "(\\pL{20}|\\x{10FFFF})",
        "(a{b}c{,5})"
      })
  void aUsualExpressionIsAboutAsLargeAsItsProgram(String expression) {
    int steps = Pattern.compile(expression).programSize();
    assertThat(ExpressionSize.of(expression)).isBetween(steps / 4L, 4L * steps + 20);
  }

  @Test
  void whatIsNoExpressionHasASizeToo() {
    for (String text :
        new String[] {"", "(", ")", "[", "[^", "\\", "\\Q", "\\x{", "{", "a{", "*"}) {
      assertThat(ExpressionSize.of(text)).as(text).isBetween(0L, 10L);
    }
  }
}
