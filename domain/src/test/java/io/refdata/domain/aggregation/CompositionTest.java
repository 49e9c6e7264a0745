package io.refdata.domain.aggregation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.refdata.domain.aggregation.Composition.Link;
import io.refdata.domain.derivation.UnansweredQuestion;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompositionTest {
  private static final LocalDate START = LocalDate.parse("2020-01-01");

  @Test
  void aMemberCountsFromItsFirstDayToItsLast() {
    Composition union =
        new Composition(
            List.of(
                member("EU", "FRA", "1958-01-01", null),
                member("EU", "POL", "2004-05-01", null),
                member("EU", "GBR", "1973-01-01", "2020-01-31")));
    assertEquals(Set.of(), union.membersOn("EU", day("1957-12-31")));
    assertEquals(Set.of("FRA"), union.membersOn("EU", day("1972-12-31")));
    assertEquals(Set.of("FRA", "GBR"), union.membersOn("EU", day("2004-04-30")));
    assertEquals(Set.of("FRA", "GBR", "POL"), union.membersOn("EU", day("2004-05-01")));
    assertEquals(Set.of("FRA", "GBR", "POL"), union.membersOn("EU", day("2020-01-31")));
    assertEquals(Set.of("FRA", "POL"), union.membersOn("EU", day("2020-02-01")));
    assertEquals(Set.of("FRA", "GBR", "POL"), union.membersEver("EU"));
  }

  @Test
  void aGroupInAGroupIsItsMembersEachOnce() {
    Composition groups =
        new Composition(
            List.of(
                member("G20", "EU", null, null),
                member("G20", "FRA", null, null),
                member("G20", "BRA", null, null),
                member("EU", "FRA", null, null),
                member("EU", "DEU", null, null)));
    assertEquals(Set.of("BRA", "DEU", "FRA"), groups.membersOn("G20", day("2020-01-01")));
  }

  @Test
  void aMemberOfAGroupThatCeasedIsNoMember() {
    Composition groups =
        new Composition(
            List.of(
                member("ALL", "OLD", "1990-01-01", "1999-12-31"),
                member("OLD", "FRA", "1995-01-01", null)));
    assertEquals(Set.of(), groups.membersOn("ALL", day("1994-12-31")));
    assertEquals(Set.of("FRA"), groups.membersOn("ALL", day("1995-01-01")));
    assertEquals(Set.of(), groups.membersOn("ALL", day("2000-01-01")));
  }

  @Test
  void membersThatChangeTooOftenAreRefused() {
    List<Link> links = new ArrayList<>();
    for (int day = 1; day <= 20; day++) {
      links.add(member("EU", "M" + day, "2020-01-%02d".formatted(day), null));
    }
    assertEquals(20, new Composition(links, 21).membersEver("EU").size());
    UnansweredQuestion refused =
        assertThrows(
            UnansweredQuestion.class,
            () -> new Composition(links, 20).membersOn("EU", day("2020-01-01")));
    assertEquals(
        "takes at most 20 days on which members change; those of EU change on 21",
        refused.getMessage());
  }

  @Test
  void groupsThatHoldEachOtherEnd() {
    Composition groups =
        new Composition(
            List.of(
                member("A", "B", null, null),
                member("B", "A", null, null),
                member("B", "FRA", null, null)));
    assertEquals(Set.of("FRA"), groups.membersOn("A", day("2020-01-01")));
    assertEquals(Set.of("FRA"), groups.membersOn("B", day("2020-01-01")));
  }

  @Test
  void aCountryIsNotResolvedToItsPartsUnlessItIsAskedFor() {
    Composition tree =
        new Composition(
            List.of(
                new Link("M49-021", "USA", true, null, null),
                new Link("USA", "US-CA", true, null, null),
                new Link("USA", "US-NY", true, null, null)));
    assertEquals(Set.of("USA"), tree.membersOn("M49-021", day("2020-01-01")));
    assertEquals(Set.of("US-CA", "US-NY"), tree.membersOn("USA", day("2020-01-01")));
    assertTrue(tree.isWhole("USA"));
    assertFalse(tree.isWhole("US-CA"));
  }

  @Test
  void aFlatRegionHasTheSameMembersOnEachDay() {
    Random random = new Random(19);
    for (int round = 0; round < 500; round++) {
      List<Link> links = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        links.add(
            new Link(
                "G" + random.nextInt(3),
                random.nextInt(3) == 0 ? "G" + random.nextInt(3) : "M" + random.nextInt(4),
                random.nextInt(5) == 0,
                random.nextBoolean() ? null : START.plusDays(random.nextInt(20)),
                random.nextBoolean() ? null : START.plusDays(random.nextInt(20))));
      }
      Composition composition = new Composition(links);
      Composition flat = new Composition(composition.flat("G0"));
      for (int day = -1; day < 22; day++) {
        assertEquals(
            composition.membersOn("G0", START.plusDays(day)),
            flat.membersOn("G0", START.plusDays(day)),
            links::toString);
      }
      assertEquals(composition.membersEver("G0"), flat.membersEver("G0"));
      assertEquals(composition.flat("G0"), flat.flat("G0"));
    }
  }

  private static Link member(
      String group, String member, @Nullable String from, @Nullable String to) {
    return new Link(
        group, member, false, from == null ? null : day(from), to == null ? null : day(to));
  }

  private static LocalDate day(String text) {
    return LocalDate.parse(text);
  }
}
