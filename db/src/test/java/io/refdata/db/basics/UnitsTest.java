package io.refdata.db.basics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnitsTest {

  private static final List<Units.Row> ALL = Units.all();

  @Test
  void codesAndSymbolsAreUnique() {
    assertThat(ALL).hasSizeGreaterThan(60);
    assertThat(ALL).extracting(Units.Row::code).doesNotHaveDuplicates();
    assertThat(ALL).extracting(Units.Row::symbol).doesNotHaveDuplicates();
  }

  @Test
  void expressionsAreMadeOfUcumTermsWithIntegerFactors() {
    // A term: an integer, a power of ten, or an atom with prefix and exponent; an annotation may
    // follow.
    String term = "(\\d+|10\\*-?\\d+|%|[A-Za-z_]*(\\[[A-Za-z_]+])?\\d?)(\\{[A-Za-z0-9]+})?";
    String group = "(\\(" + term + "([./]" + term + ")*\\)|" + term + ")";
    assertThat(ALL)
        .allSatisfy(
            unit -> {
              assertThat(unit.ucum()).matches(group + "([./]" + group + ")*");
              assertThat(unit.ucum()).doesNotContain(".868").doesNotContain("..");
            });
  }

  @Test
  void everyColumnOfTheTableIsFilled() {
    assertThat(ALL)
        .allSatisfy(
            unit -> {
              assertThat(unit.code()).matches("[A-Z0-9_]+");
              assertThat(unit.dimension()).matches("[A-Z_]+");
              assertThat(unit.name()).matches("\\S.*\\S");
            });
  }
}
