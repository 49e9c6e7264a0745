package io.refdata.db.basics;

import static java.util.Comparator.comparing;

import com.ibm.icu.text.CurrencyMetaInfo;
import com.ibm.icu.text.CurrencyMetaInfo.CurrencyFilter;
import com.ibm.icu.text.CurrencyMetaInfo.CurrencyInfo;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.ULocale;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The currencies of ISO 4217, withdrawn ones, funds and metals included. A currency is valid from
 * the first day to the last day it was legal tender anywhere; one that never is (gold, a fund) has
 * neither.
 */
final class Currencies {

  /** Where ICU has no name, or one that is not what ISO means by the code. */
  private static final Map<String, String> NAMES =
      Map.of(
          "XAD", "Arab Accounting Dinar",
          "XTS", "Code reserved for testing",
          "XXX", "No currency");

  /** No legal tender since 2001, but still on ISO's list of active codes. */
  private static final Set<String> ACTIVE_ALL_THE_SAME = Set.of("SVC");

  /** Withdrawn ones that ISO itself never gave a number. */
  private static final Set<String> WITHOUT_NUMBER = Set.of("XFO", "XFU", "XRE");

  private Currencies() {}

  static List<CodeLists.Row> all() {
    return Currency.getAvailableCurrencies().stream()
        .filter(Currencies::isIso)
        .map(Currencies::row)
        .sorted(comparing(CodeLists.Row::code))
        .toList();
  }

  /**
   * What ICU knows beyond ISO 4217 (offshore yuan, money from before the standard) has no number.
   */
  private static boolean isIso(Currency currency) {
    return currency.getNumericCode() != 0 || WITHOUT_NUMBER.contains(currency.getCurrencyCode());
  }

  private static CodeLists.Row row(Currency currency) {
    String code = currency.getCurrencyCode();
    String name =
        NAMES.getOrDefault(code, currency.getName(ULocale.ENGLISH, Currency.LONG_NAME, null));
    List<CurrencyInfo> uses =
        CurrencyMetaInfo.getInstance().currencyInfo(CurrencyFilter.onCurrency(code));
    LocalDate from = bound(uses, use -> use.from, Math::min, Long.MIN_VALUE);
    LocalDate end = bound(uses, use -> use.to, Math::max, Long.MAX_VALUE);
    boolean active = end == null || ACTIVE_ALL_THE_SAME.contains(code);
    return new CodeLists.Row(code, name, from, active ? null : end);
  }

  private static @Nullable LocalDate bound(
      List<CurrencyInfo> uses,
      ToLongFunction<CurrencyInfo> instant,
      LongBinaryOperator choose,
      long none) {
    return uses.stream().mapToLong(instant).reduce(choose).stream()
        .filter(it -> it != none)
        .mapToObj(Currencies::day)
        .findFirst()
        .orElse(null);
  }

  /**
   * ICU gives the first and the last millisecond of a day by the clocks of the country, in UTC:
   * half a day, and half a day back for an end, find the day for every zone but the far Pacific's.
   */
  private static LocalDate day(long millisecond) {
    boolean end = Math.floorMod(millisecond, 1000L) == 999;
    LocalDate nearest =
        Instant.ofEpochMilli(end ? millisecond + 1 : millisecond)
            .plus(Duration.ofHours(12))
            .atZone(ZoneOffset.UTC)
            .toLocalDate();
    return end ? nearest.minusDays(1) : nearest;
  }
}
