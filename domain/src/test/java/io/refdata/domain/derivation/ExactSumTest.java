package io.refdata.domain.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  private final Random random = new Random(18);

  @Test
  void aSumIsRoundedOnce() {
    assertThat(sum(List.of(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1))).isEqualTo(1.0);
    assertThat(sum(List.of(1e100, 1.0, -1e100))).isEqualTo(1.0);
    assertThat(sum(List.of())).isEqualTo(0.0);
  }

  /** The cases of Python's own tests that are about rounding half to even. */
  @Test
  void halvesAreRoundedAsAllDigitsSay() {
    assertThat(sum(List.of(1e16, 1.0, 1e-16))).isEqualTo(10000000000000002.0);
    assertThat(sum(List.of(1e16 - 2.0, 1.0 - Math.scalb(1.0, -53), -(1e16 - 2.0))))
        .isEqualTo(1.0 - Math.scalb(1.0, -53));
  }

  @Test
  void theOrderDoesNotMatter() {
    for (int round = 0; round < 200; round++) {
      List<Double> numbers = new ArrayList<>();
      BigDecimal exact = BigDecimal.ZERO;
      for (int i = 0; i < 100; i++) {
        double number = random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
        numbers.add(number);
        exact = exact.add(new BigDecimal(number));
      }
      Collections.shuffle(numbers, random);
      assertThat(sum(numbers)).isEqualTo(exact.doubleValue());
    }
  }

  @Test
  void aMeanIsRoundedOnce() {
    Random random = new Random(11);
    for (int round = 0; round < 2_000; round++) {
      int count = 1 + random.nextInt(40);
      ExactSum sum = new ExactSum();
      BigDecimal exact = BigDecimal.ZERO;
      for (int i = 0; i < count; i++) {
        double number = random.nextGaussian() * Math.pow(10, random.nextInt(6) - 3);
        sum.add(number);
        exact = exact.add(new BigDecimal(number));
      }
      assertThat(sum.mean(count))
          .isEqualTo(exact.divide(BigDecimal.valueOf(count), new MathContext(400)).doubleValue());
    }
  }

  @Test
  void whatIsTakenOutLeavesNothingBehind() {
    ExactSum sum = new ExactSum();
    sum.add(1e300);
    sum.add(0.1);
    sum.add(-1e300);
    assertThat(sum.value()).isEqualTo(0.1);
  }

  @Test
  void aSumThatIsTooLargeIsNone() {
    ExactSum sum = new ExactSum();
    sum.add(Double.MAX_VALUE);
    sum.add(Double.MAX_VALUE);
    assertThat(sum.isTooLarge()).isTrue();
    assertThat(sum.value()).isNaN();
    sum.clear();
    sum.add(2);
    assertThat(sum.value()).isEqualTo(2);
  }

  @Test
  void aSumThatWasTooLargeOnTheWayIsExact() {
    List<Double> numbers =
        new ArrayList<>(List.of(1e308, 1e308, 1e308, 0.1, -1e308, -1e308, -1e308, 5e-324));
    for (int round = 0; round < 500; round++) {
      Collections.shuffle(numbers, random);
      assertThat(sum(numbers)).as(numbers.toString()).isEqualTo(0.1);
    }
    assertThat(sum(List.of(Double.MAX_VALUE))).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void largeSumsAreThoseOfAllDigits() {
    for (int round = 0; round < 2_000; round++) {
      int count = 1 + random.nextInt(40);
      ExactSum sum = new ExactSum();
      BigDecimal exact = BigDecimal.ZERO;
      for (int i = 0; i < count; i++) {
        double number = (random.nextDouble() * 2 - 1) * Double.MAX_VALUE;
        sum.add(number);
        exact = exact.add(new BigDecimal(number));
      }
      double rounded = exact.doubleValue();
      assertThat(sum.value())
          .isEqualTo(Double.valueOf(Double.isFinite(rounded) ? rounded : Double.NaN));
      assertThat(sum.mean(count))
          .isEqualTo(exact.divide(BigDecimal.valueOf(count), new MathContext(800)).doubleValue());
    }
  }

  @Test
  void theMeanOfASumThatIsTooLargeIsFinite() {
    ExactSum sum = new ExactSum();
    for (int i = 1; i <= 1_000; i++) {
      sum.add(Double.MAX_VALUE);
      assertThat(sum.mean(i)).isEqualTo(Double.MAX_VALUE);
      assertThat(sum.dividedBy(2.0 * i))
          .isCloseTo(Double.MAX_VALUE / 2, Offset.offset(Math.ulp(Double.MAX_VALUE)));
    }
  }

  @Test
  void aNumberThatIsNotFiniteLeavesNoSumAndNoMean() {
    ExactSum sum = new ExactSum();
    sum.add(Double.POSITIVE_INFINITY);
    sum.add(1);
    assertThat(sum.value()).isNaN();
    assertThat(sum.mean(2)).isNaN();
    assertThat(sum.dividedBy(2)).isNaN();
    sum.clear();
    assertThat(sum.value()).isZero();
  }

  private static double sum(List<Double> numbers) {
    ExactSum sum = new ExactSum();
    numbers.forEach(sum::add);
    return sum.value();
  }
}
