package io.refdata.db.basics;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CurrenciesTest {

  private static final Map<String, CodeLists.Row> BY_CODE =
      Currencies.all().stream().collect(toMap(CodeLists.Row::code, Function.identity()));

  @Test
  void activeCurrenciesAreThoseOfIso4217() throws IOException {
    Set<String> published =
        PublishedData.read("currency-codes.csv").stream()
            .filter(row -> row.getField("WithdrawalDate").isEmpty())
            .map(row -> row.getField("AlphabeticCode"))
            .filter(code -> !code.isEmpty())
            .collect(toSet());
    assertThat(BY_CODE.values())
        .filteredOn(row -> row.validTo() == null)
        .extracting(CodeLists.Row::code)
        .containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void withdrawnCurrenciesAreWithdrawnInIso4217() throws IOException {
    List<NamedCsvRecord> published = PublishedData.read("currency-codes.csv");
    assertThat(BY_CODE.values())
        .filteredOn(row -> row.validTo() != null)
        .hasSizeGreaterThan(100)
        .allSatisfy(
            row ->
                assertThat(published)
                    .anySatisfy(
                        it -> {
                          assertThat(it.getField("AlphabeticCode")).isEqualTo(row.code());
                          assertThat(it.getField("WithdrawalDate")).isNotEmpty();
                        }));
  }

  @Test
  void fundsAndMetalsAreIncluded() {
    assertThat(BY_CODE).containsKeys("XAU", "XAG", "XDR", "CHE", "BOV", "XXX", "XTS", "XFO");
    assertThat(BY_CODE).doesNotContainKeys("CNH", "ARL");
  }

  @Test
  void aCurrencyIsValidFromItsFirstDayToItsLast() {
    assertThat(row("EUR").validFrom()).isEqualTo(LocalDate.of(1999, 1, 1));
    assertThat(row("EUR").validTo()).isNull();
    assertThat(row("HRK").validFrom()).isEqualTo(LocalDate.of(1994, 5, 30));
    assertThat(row("HRK").validTo()).isEqualTo(LocalDate.of(2023, 1, 14));
    assertThat(row("ANG").validTo()).isEqualTo(LocalDate.of(2025, 6, 30));
    assertThat(row("XCG").validFrom()).isEqualTo(LocalDate.of(2025, 3, 31));
    assertThat(row("XAU").validFrom()).isNull();
    assertThat(row("SVC").validTo()).isNull();
    assertThat(row("XFU").validTo()).isEqualTo(LocalDate.of(2013, 11, 30));
  }

  @Test
  void everyCurrencyHasAName() {
    assertThat(BY_CODE.values()).allSatisfy(row -> assertThat(row.name()).isNotEqualTo(row.code()));
    assertThat(row("XXX").name()).isEqualTo("No currency");
  }

  private static CodeLists.Row row(String code) {
    return Objects.requireNonNull(BY_CODE.get(code), code);
  }
}
