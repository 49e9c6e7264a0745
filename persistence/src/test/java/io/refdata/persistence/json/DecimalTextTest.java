package io.refdata.persistence.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.StringWriter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {
  private static final int NUMBERS = 200_000;
  private static final int MOST_DECIMALS = 9;

  private final DecimalText text = new DecimalText();

  private void requireSame(double value) throws IOException {
    StringWriter csv = new StringWriter();
    text.write(value, csv);
    StringWriter object = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(object)) {
      text.write(value, json);
    }
    String general = NumberOutput.toString(value, true);
    assertThat(csv).hasToString(general);
    assertThat(object).hasToString(general);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -0.0,
        1,
        -1,
        0.001,
        0.0009999999,
        9_999_999,
        9_999_999.9,
        9_999_999.999999,
        1e7,
        1e-3,
        0.1,
        0.3,
        2.5,
        -4.35,
        100,
        123456,
        1234567.891,
        0.002,
        0.000001,
        1.000001,
        0.1 + 0.2,
        5e-324,
        Double.MAX_VALUE,
        4.35 * 100,
        1.0 / 3,
        9007199254740993.0
      })
  void theTextIsThatOfTheGeneralWay(double value) throws IOException {
    requireSame(value);
  }

  @Test
  void theTextOfAnyNumberIsThatOfTheGeneralWay() throws IOException {
    SplittableRandom random = new SplittableRandom(20261127);
    for (int i = 0; i < NUMBERS; i++) {
      double decimals = Math.pow(10, random.nextInt(MOST_DECIMALS + 1));
      double value = random.nextLong(-100_000_000_000L, 100_000_000_000L) / decimals;
      requireSame(value);
      requireSame(Math.nextUp(value));
      requireSame(random.nextDouble(-1e7, 1e7));
      double any = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(any)) {
        requireSame(any);
      }
    }
  }
}
