package io.refdata.api.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refdata.api.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCursorTest {
  private static final String MARK = Integer.toHexString("list".hashCode());

  @Test
  void aCursorLeadsOnInItsList() {
    String cursor = PageCursor.of("list", Arrays.asList("é\uD83D\uDE00", null));
    assertThat(PageCursor.parse("list", 2, cursor)).containsExactly("é\uD83D\uDE00", null);
    assertThatThrownBy(() -> PageCursor.parse("other", 2, cursor)).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> PageCursor.parse("list", 1, cursor)).isInstanceOf(Problem.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[M,5]", "[M,{}]", "[M,[1]]", "[M,true]", "[M]", "[null,\"a\"]", "[M,\"a\\u0000\"]",
        "[M,\"\\ud800\"]", "[M,\"a\"] x", "[M, \"a\"]", "[M,", "{}", "", "1"
      })
  void whatWasForgedIsNone(String json) {
    String cursor = encoded(json.replace("M", "\"" + MARK + "\""));
    assertThatThrownBy(() -> PageCursor.parse("list", 1, cursor)).isInstanceOf(Problem.class);
  }

  @Test
  void aKeyThatIsNeverMissingIsThere() {
    assertThat(PageCursor.only("list", encoded("[\"" + MARK + "\",\"a\"]"))).isEqualTo("a");
    String missing = encoded("[\"" + MARK + "\",null]");
    assertThatThrownBy(() -> PageCursor.only("list", missing)).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> PageCursor.code("list", missing)).isInstanceOf(Problem.class);
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
