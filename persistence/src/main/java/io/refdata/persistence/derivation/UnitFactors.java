package io.refdata.persistence.derivation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refdata.domain.unit.Factor;
import io.refdata.domain.unit.Ucum;
import io.refdata.settings.Setting;
import java.util.Optional;

/** The factors between expressions of UCUM, each worked out once while it is remembered. */
final class UnitFactors {
  private static final Cache<Pair, Optional<Factor>> FACTORS =
      Caffeine.newBuilder().maximumSize(Setting.DERIVATION_FACTORS.number()).build();

  private UnitFactors() {}

  private record Pair(String from, String to) {}

  /** The factor from one unit to another; empty if UCUM knows no way. */
  static Optional<Factor> between(String from, String to) {
    return FACTORS.get(
        new Pair(from, to),
        pair -> Ucum.parse(from).flatMap(one -> Ucum.parse(to).flatMap(one::to)));
  }
}
