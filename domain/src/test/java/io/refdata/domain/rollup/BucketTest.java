package io.refdata.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Aggregation;
import io.refdata.domain.derivation.Period;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BucketTest {
  private static final double[] ODD = {
    0.0, -0.0, Double.NaN, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE, 1e16, -1e16, 0.1
  };

  @Test
  void aBucketSaysWhatThePeriodOfItsValuesSaysBitForBit() {
    Random random = new Random(19);
    for (int round = 0; round < 20_000; round++) {
      int size = random.nextInt(12);
      double[] values = new double[size];
      String[] statuses = new String[size];
      Bucket.Filling filling = new Bucket.Filling();
      for (int i = 0; i < size; i++) {
        values[i] =
            random.nextInt(3) == 0
                ? ODD[random.nextInt(ODD.length)]
                : random.nextGaussian() * Math.pow(10, random.nextInt(30) - 15);
        statuses[i] = String.valueOf("AEFPIMOX".charAt(random.nextInt(8)));
        filling.add(values[i], statuses[i]);
      }
      Bucket bucket = filling.bucket();
      long due = Math.max(1, size + random.nextInt(2));
      for (Aggregation rule : Aggregation.values()) {
        Period period = new Period(rule);
        for (int i = 0; i < size; i++) {
          period.add(values[i], statuses[i], 1);
        }
        assertThat(Double.doubleToLongBits(bucket.value(rule)))
            .isEqualTo(Double.doubleToLongBits(period.value()));
        assertThat(bucket.status(rule, due)).isEqualTo(period.status(due));
        assertThat(Double.doubleToLongBits(bucket.coverage(due)))
            .isEqualTo(Double.doubleToLongBits(period.coverage(due)));
      }
    }
  }

  @Test
  void aRollupIsOfLongerPeriodsThatConsistOfWholeOnes() {
    assertThat(Rollup.isPossible(Frequency.H, Frequency.M)).isTrue();
    assertThat(Rollup.isPossible(Frequency.D, Frequency.W)).isTrue();
    assertThat(Rollup.isPossible(Frequency.N, Frequency.H)).isFalse();
    assertThat(Rollup.isPossible(Frequency.M, Frequency.M)).isFalse();
    assertThat(Rollup.isPossible(Frequency.M, Frequency.D)).isFalse();
    assertThat(Rollup.isPossible(Frequency.M, Frequency.W)).isFalse();
    assertThat(Rollup.isPossible(Frequency.W, Frequency.M)).isFalse();
  }
}
