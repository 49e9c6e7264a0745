package io.refdata.persistence.rollup;

import io.refdata.domain.aggregation.Composition;
import io.refdata.domain.dataset.Dataset;
import io.refdata.domain.dataset.Frequency;
import io.refdata.domain.derivation.Resampling;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.domain.rollup.RolledRegions;
import io.refdata.persistence.observation.RegionParts;
import io.refdata.persistence.rollup.Rollups.Definition;
import io.refdata.persistence.rollup.Rollups.Regions;
import io.refdata.settings.Setting;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultSetException;
import org.jspecify.annotations.Nullable;

/** The regions of a definition of a rollup, with who belongs to them now. */
final class RegionDefinition {
  private static final long MOST_VALUES = Setting.AGGREGATION_VALUES.number();

  /** Years with a leap year among them: longer periods come in all their lengths. */
  private static final Instant CYCLE_START = Instant.parse("2000-01-01T00:00:00Z");

  private static final Instant CYCLE_END = Instant.parse("2004-01-01T00:00:00Z");

  private RegionDefinition() {}

  /**
   * Looks up their members.
   *
   * @return null if the definition has no regions
   * @throws InvalidItem if one has no members, or if one bucket would take more values than may be
   *     held in memory
   */
  static @Nullable RolledRegions resolve(Handle handle, Dataset dataset, Definition definition) {
    Regions wanted = definition.regions();
    if (wanted == null) {
      return null;
    }
    Composition composition = composition(handle, wanted.codes());
    String pointer = "/aggregate/" + wanted.dimension();
    List<String> alone =
        wanted.codes().stream().filter(code -> composition.membersEver(code).isEmpty()).toList();
    if (!alone.isEmpty()) {
      throw invalid(
          pointer,
          "must be regions with members, or with regions below them: not "
              + String.join(", ", alone));
    }
    Resampling resampling =
        new Resampling(dataset.frequency(), definition.frequency(), ZoneOffset.UTC);
    long due = mostDue(resampling);
    for (String code : wanted.codes()) {
      long values = due * composition.membersEver(code).size();
      if (values > MOST_VALUES) {
        throw invalid(
            pointer,
            "takes %,d values for one period of %s, and not more than %,d are held at once here; take a shorter frequency"
                .formatted(values, code, MOST_VALUES));
      }
    }
    return RolledRegions.of(wanted.dimension(), wanted.codes(), composition);
  }

  /** The periods of the longest of the longer ones: there are leap years, and quarters differ. */
  private static long mostDue(Resampling resampling) {
    Frequency longer = resampling.target();
    return LongStream.range(longer.number(CYCLE_START), longer.number(CYCLE_END))
        .map(resampling::due)
        .max()
        .orElseThrow();
  }

  /** The members of some regions now. */
  static Composition composition(Handle handle, List<String> codes) {
    try {
      return RegionParts.read(handle.getConnection(), codes, null);
    } catch (SQLException e) {
      throw new ResultSetException("Reading the members of regions", e, null);
    }
  }

  private static InvalidItem invalid(String pointer, String detail) {
    return new InvalidItem(List.of(new Fault(pointer, detail)));
  }
}
