package io.refdata.domain.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DifferenceTest {
  @Test
  void theSignSaysWhichOneIsLarger() {
    assertEquals(new Difference(5, 50), Difference.of(10, 15));
    assertEquals(new Difference(-5, -50), Difference.of(10, 5));
    assertEquals(new Difference(5, 50), Difference.of(-10, -5));
    assertEquals(new Difference(0, 0), Difference.of(10, 10));
  }

  @Test
  void nothingIsInPercentOfZero() {
    assertEquals(new Difference(3, Double.NaN), Difference.of(0, 3));
    assertEquals(new Difference(0, Double.NaN), Difference.of(0, 0));
  }

  @Test
  void whatIsMissingHasNoDifference() {
    Difference none = new Difference(Double.NaN, Double.NaN);
    assertEquals(none, Difference.of(Double.NaN, 3));
    assertEquals(none, Difference.of(3, Double.NaN));
    assertEquals(none, Difference.of(-Double.MAX_VALUE, Double.MAX_VALUE));
  }
}
