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
 * The currencies of ISO 4217, including withdrawn ones, funds and metals. A currency is valid from
 * the first to the last day on which it was legal tender anywhere; one that never was (gold, a
 * fund) has neither day.
 */
final class Currencies {

  /** The names for which ICU has none, or one with another meaning than ISO's. */
  private static final Map<String, String> NAMES =
      Map.of(
          "XAD", "Arab Accounting Dinar",
          "XTS", "Code reserved for testing",
          "XXX", "No currency");

  /** Not legal tender since 2001, but still on ISO's list of active codes. */
  private static final Set<String> STILL_ACTIVE = Set.of("SVC");

  /** Withdrawn currencies to which ISO itself never gave a number. */
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
   * True for currencies of ISO 4217. The others in ICU (offshore yuan, money from before the
   * standard) have no number.
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
    boolean active = end == null || STILL_ACTIVE.contains(code);
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
   * The day of an instant from ICU, which is the first or the last millisecond of a day in the
   * country's time zone. For the first, the day is that of 12 hours later in UTC. For the last, the
   * next millisecond is treated the same, and the day before is taken. This is right for every time
   * zone except those in the far Pacific.
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
