package io.refdata.persistence.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderExpressionTest {
  @Test
  void theGroupIsTheValueInTheHeader() {
    HeaderExpression years = HeaderExpression.of("generation_gwh_(\\d{4})");
    assertThat(years.part("generation_gwh_2013")).contains("2013");
    assertThat(years.part("generation_gwh_2013_x")).isEmpty();
    assertThat(years.part("estimated_generation_gwh_2013")).isEmpty();
  }

  @Test
  void aGroupThatMatchesNothingInAHeaderIsAFault() {
    HeaderExpression expression = HeaderExpression.of("a|b(c)");
    assertThatThrownBy(() -> expression.part("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("matches the column 'a'");
  }

  @ParameterizedTest
  @CsvSource({
    "'(a+a+)+\\1b',exactly one",
    "'(a)\\1','''\\1'' at character 4'",
    "'(?=a)(b)','''(?='' at character 1'",
    "'(a','missing'",
    "'ab','exactly one group'",
    "'(a)(b)','exactly one group'",
    "'((a{100}){100}){100}','too many repetitions'",
    "'(x{999}x{999}x{999}x{999}x{999})','too many repetitions'"
  })
  void expressionsThatNeedMoreThanLinearTimeAreRefusedWithTheirPosition(
      String expression, String why) {
    assertThatThrownBy(() -> HeaderExpression.of(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(
            e ->
                assertThat(e.getMessage()).containsAnyOf(why, "at character", "exactly one group"));
  }

  @Test
  void aLongExpressionIsRefused() {
    assertThatThrownBy(() -> HeaderExpression.of("(" + "a".repeat(1_000) + ")"))
        .hasMessageContaining("1,000");
  }

  /**
   * Expressions for which a backtracking matcher takes two to the power of the header's length
   * steps.
   */
  @ParameterizedTest
  @ValueSource(strings = {"(a|aa)+b", "(a*)*b", "((?:a+)+)b", "(.*a){20}b"})
  void longHeadersAreMatchedInLinearTime(String expression) {
    HeaderExpression written = HeaderExpression.of(expression);
    assertThat(
            assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> written.part("a".repeat(50_000) + "c")))
        .isEmpty();
  }
}
