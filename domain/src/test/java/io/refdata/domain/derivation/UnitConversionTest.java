package io.refdata.domain.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.domain.unit.Factor;
import io.refdata.domain.unit.Ucum;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnitConversionTest {
  private static final MeasuringUnit TONNE = new MeasuringUnit("T", "t");
  private static final MeasuringUnit KILOGRAM = new MeasuringUnit("KG", "kg");
  private static final MeasuringUnit GIGAJOULE = new MeasuringUnit("GJ", "GJ");
  private static final MeasuringUnit MEGAWATT_HOUR = new MeasuringUnit("MWH", "MW.h");
  private static final MeasuringUnit BAG = new MeasuringUnit("BAG", null);
  private static final LocalDate DAY = LocalDate.of(2020, 1, 1);

  @Test
  void unitsOfOneDimensionNeedNoRule() {
    UnitConversion conversion = conversion(MEGAWATT_HOUR, GIGAJOULE, Set.of());
    assertThat(factor(conversion, DAY).convert(1.1)).isEqualTo(3.96);
    assertThat(conversion.missing(LocalDate.MIN, LocalDate.MAX)).isEmpty();
    assertThat(conversion.until(DAY)).isNull();
    assertThat(factor(conversion(BAG, BAG, Set.of()), DAY).isOne()).isTrue();
  }

  @Test
  void aRuleIsUsedInBothDirectionsWithUcumAround() {
    ConversionRule coal = rule(TONNE, GIGAJOULE, 25.8, "COAL", null, null);
    Set<String> coals = Set.of("COAL");
    assertThat(factor(conversion(TONNE, GIGAJOULE, coals, coal), DAY).convert(2)).isEqualTo(51.6);
    assertThat(factor(conversion(KILOGRAM, GIGAJOULE, coals, coal), DAY).convert(2000))
        .isEqualTo(51.6);
    assertThat(factor(conversion(TONNE, MEGAWATT_HOUR, coals, coal), DAY).convert(3.6))
        .isEqualTo(25.8);
    assertThat(factor(conversion(GIGAJOULE, KILOGRAM, coals, coal), DAY).convert(51.6))
        .isEqualTo(2000);
    assertThat(conversion(TONNE, GIGAJOULE, Set.of("OIL"), coal).factor(DAY)).isNull();
    assertThat(conversion(BAG, GIGAJOULE, coals, coal).factor(DAY)).isNull();
  }

  @Test
  void theRuleThatSaysJustThisGoesFirst() {
    Set<String> coals = Set.of("COAL");
    ConversionRule coal = rule(TONNE, GIGAJOULE, 25.8, "COAL", null, null);
    ConversionRule inverse = rule(GIGAJOULE, TONNE, 0.0387597, "COAL", null, null);
    ConversionRule other = rule(TONNE, MEGAWATT_HOUR, 7.2, "COAL", null, null);
    UnitConversion all = conversion(TONNE, GIGAJOULE, coals, inverse, other, coal);
    assertThat(factor(all, DAY).convert(2)).isEqualTo(51.6);
    UnitConversion backwards = conversion(GIGAJOULE, TONNE, coals, coal, other);
    assertThat(factor(backwards, DAY).convert(51.6)).isEqualTo(2);
    ConversionRule twice = rule(TONNE, GIGAJOULE, 26, "COAL", null, null);
    assertThat(conversion(TONNE, GIGAJOULE, coals, coal, twice).factor(DAY)).isNull();
  }

  @Test
  void theSpecialRuleGoesFirstWhileItHolds() {
    ConversionRule any = rule(BAG, GIGAJOULE, 2, null, null, null);
    ConversionRule coal = rule(BAG, GIGAJOULE, 3, "COAL", DAY, DAY.plusDays(9));
    UnitConversion conversion = conversion(BAG, GIGAJOULE, Set.of("COAL"), any, coal);
    assertThat(factor(conversion, DAY.minusDays(1)).convert(1)).isEqualTo(2);
    assertThat(conversion.until(DAY.minusDays(1))).isEqualTo(DAY);
    assertThat(factor(conversion, DAY).convert(1)).isEqualTo(3);
    assertThat(factor(conversion, DAY.plusDays(9)).convert(1)).isEqualTo(3);
    assertThat(factor(conversion, DAY.plusDays(10)).convert(1)).isEqualTo(2);
  }

  @Test
  void aTimeWithoutOneFactorIsFound() {
    ConversionRule before = rule(BAG, GIGAJOULE, 2, null, null, DAY.minusDays(1));
    ConversionRule after = rule(BAG, GIGAJOULE, 3, null, DAY.plusDays(1), null);
    UnitConversion gap = conversion(BAG, GIGAJOULE, Set.of(), before, after);
    assertThat(gap.missing(DAY.minusYears(1), DAY.plusYears(1))).contains(DAY);
    assertThat(gap.missing(DAY.plusDays(1), DAY.plusYears(1))).isEmpty();
    assertThat(gap.missing(DAY.minusYears(1), DAY.minusDays(1))).isEmpty();
    UnitConversion two =
        conversion(BAG, GIGAJOULE, Set.of(), rule(BAG, GIGAJOULE, 2, null, null, null), after);
    assertThat(two.missing(DAY, DAY.plusYears(1))).contains(DAY.plusDays(1));
    UnitConversion same =
        conversion(BAG, GIGAJOULE, Set.of(), rule(BAG, GIGAJOULE, 3, null, null, null), after);
    assertThat(same.missing(DAY, DAY.plusYears(1))).isEmpty();
  }

  private static ConversionRule rule(
      MeasuringUnit from,
      MeasuringUnit to,
      double factor,
      @Nullable String context,
      @Nullable LocalDate validFrom,
      @Nullable LocalDate validTo) {
    return new ConversionRule("RULE", from, to, factor, context, validFrom, validTo);
  }

  private static UnitConversion conversion(
      MeasuringUnit from, MeasuringUnit to, Set<String> contexts, ConversionRule... rules) {
    return UnitConversion.of(from, to, contexts, List.of(rules), UnitConversionTest::ucum);
  }

  private static Optional<Factor> ucum(String from, String to) {
    return Ucum.parse(from).flatMap(one -> Ucum.parse(to).flatMap(one::to));
  }

  private static Factor factor(UnitConversion conversion, LocalDate day) {
    return Objects.requireNonNull(conversion.factor(day));
  }
}
