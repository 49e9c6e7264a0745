package io.refdata.domain.aggregation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.refdata.domain.derivation.Aggregation;
import java.util.List;
import org.junit.jupiter.api.Test;

class WholeValueTest {
  @Test
  void aSumNamesWhoIsMissing() {
    WholeValue whole = new WholeValue(Aggregation.SUM);
    whole.add("DEU", 1, "A", 1);
    whole.add("FRA", 2, "A", 1);
    whole.add("GRC", Double.NaN, "M", 1);
    whole.add("ITA", 4, "A", 1);
    assertEquals(7, whole.value());
    assertEquals(0.75, whole.coverage());
    assertEquals("I", whole.status());
    assertEquals(List.of("GRC"), whole.missing());
  }

  @Test
  void itHasTheWorstStatusOfItsMembers() {
    WholeValue whole = new WholeValue(Aggregation.MEAN);
    whole.add("DEU", 1, "A", 1);
    whole.add("FRA", 4, "P", 1);
    assertEquals(2.5, whole.value());
    assertEquals(1, whole.coverage());
    assertEquals("P", whole.status());
  }

  @Test
  void aMeanIsWeighted() {
    WholeValue whole = new WholeValue(Aggregation.MEAN);
    whole.add("DEU", 10, "A", 80);
    whole.add("FRA", 5, "A", 20);
    whole.add("GRC", 7, "A", Double.NaN);
    whole.add("ITA", 7, "A", -1);
    assertEquals(9, whole.value());
    assertEquals(List.of("GRC", "ITA"), whole.missing());
    assertEquals(0.5, whole.coverage());
  }

  @Test
  void aMeanOfLargeValuesIsWeighted() {
    WholeValue plain = new WholeValue(Aggregation.MEAN);
    WholeValue weighted = new WholeValue(Aggregation.MEAN);
    WholeValue heavy = new WholeValue(Aggregation.MEAN);
    for (String member : List.of("DEU", "FRA", "GRC")) {
      plain.add(member, 1e308, "A", 1);
      weighted.add(member, member.equals("DEU") ? 1e308 : 0, "A", 1e6);
      heavy.add(member, 1e308, "A", 1e308);
    }
    assertEquals(1e308, plain.value());
    assertEquals(1e308 / 3, weighted.value(), 1e293);
    assertEquals(1e308, heavy.value());
    assertEquals("A", heavy.status());
    assertEquals(List.of(), weighted.missing());
  }

  @Test
  void withoutAnyWeightThereIsNoMean() {
    WholeValue whole = new WholeValue(Aggregation.MEAN);
    whole.add("DEU", 10, "A", 0);
    assertTrue(Double.isNaN(whole.value()));
    assertTrue(Double.isNaN(new WholeValue(Aggregation.MEAN).value()));
  }

  @Test
  void theSmallestAndTheLargestAreThoseOfMembers() {
    WholeValue least = new WholeValue(Aggregation.MIN);
    WholeValue most = new WholeValue(Aggregation.MAX);
    for (WholeValue whole : List.of(least, most)) {
      whole.add("DEU", -3, "A", 1);
      whole.add("FRA", 2, "A", 1);
    }
    assertEquals(-3, least.value());
    assertEquals(2, most.value());
  }

  @Test
  void withoutMembersThereIsNoSum() {
    WholeValue whole = new WholeValue(Aggregation.SUM);
    whole.add("DEU", Double.NaN, "M", 1);
    assertTrue(Double.isNaN(whole.value()));
    assertEquals(0, whole.coverage());
  }

  @Test
  void aSumDoesNotDependOnTheOrder() {
    WholeValue ahead = new WholeValue(Aggregation.SUM);
    WholeValue back = new WholeValue(Aggregation.SUM);
    double[] values = {1e16, 1, 1, -1e16, 0.1};
    for (int i = 0; i < values.length; i++) {
      ahead.add("M" + i, values[i], "A", 1);
      back.add("M" + i, values[values.length - 1 - i], "A", 1);
    }
    assertEquals(2.1, ahead.value());
    assertEquals(2.1, back.value());
  }

  @Test
  void membersHaveNoFirstAndNoLast() {
    assertThrows(IllegalArgumentException.class, () -> new WholeValue(Aggregation.FIRST));
    assertThrows(IllegalArgumentException.class, () -> new WholeValue(Aggregation.LAST));
  }
}
