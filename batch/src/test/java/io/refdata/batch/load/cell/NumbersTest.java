package io.refdata.batch.load.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+7",
        "1.",
        ".5",
        "-.25",
        "0001.50",
        "9007199254740991",
        "9007199254740992",
        "9007199254740993",
        "0.1",
        "0.30000000000000004",
        "123456789.0123456789012345",
        "1e3",
        "-1E-7",
        "1.7976931348623157e308",
        "4.9e-324",
        "0.0000000000000000000001",
        "0.00000000000000000000001"
      })
  void aNumberIsTheNearestDouble(String text) {
    assertThat(Numbers.parse(text, '.')).isEqualTo(Double.parseDouble(text));
  }

  @Test
  void anyDecimalIsTheNearestDouble() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      String text =
          BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(30))
              .toPlainString();
      assertThat(Numbers.parse(text, '.')).as(text).isEqualTo(Double.parseDouble(text));
      assertThat(Numbers.parse(text.replace('.', ','), ',')).isEqualTo(Double.parseDouble(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        ".",
        "e",
        "e5",
        "--1",
        "1-",
        "1.2.3",
        "1,5",
        "1 000",
        " 1",
        "0x1p3",
        "1d",
        "1f",
        "NaN",
        "Infinity",
        "1e",
        "1e999",
        "-1e999",
        "\u0661",
        "1e5.5",
        "1_000"
      })
  void whatIsNoNumberOrTooLargeIsNaN(String text) {
    assertThat(Numbers.parse(text, '.')).isNaN();
  }

  @Test
  void aNumberThatIsTooLargeIsToldFromWhatIsNone() {
    assertThat(Numbers.isTooLarge("1e309", '.')).isTrue();
    assertThat(Numbers.isTooLarge("-1,8e308", ',')).isTrue();
    assertThat(Numbers.isTooLarge("Infinity", '.')).isFalse();
  }

  @Test
  void aPartOfATextIsParsedByItself() {
    assertThat(Numbers.parse("99-1,5;7".toCharArray(), 2, 6, ',')).isEqualTo(-1.5);
    assertThat(Numbers.parse("12".toCharArray(), 1, 1, '.')).isNaN();
  }
}
