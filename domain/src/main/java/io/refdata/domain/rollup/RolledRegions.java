package io.refdata.domain.rollup;

import io.refdata.domain.aggregation.Composition;
import io.refdata.domain.aggregation.Composition.Link;
import java.util.Collection;
import java.util.List;

/**
 * Regions that a rollup keeps as they are worked out from their members: in each period of the
 * observations first, and then over the longer period, as a read does it.
 *
 * @param dimension the code of the dimension that they stand in
 * @param codes their codes, as they were given
 * @param members who they consist of in the buckets that are kept. Who is a member in truth may
 *     have changed since: then these answer nothing, until the rollup is filled anew
 */
public record RolledRegions(String dimension, List<String> codes, List<Link> members) {
  public RolledRegions {
    codes = List.copyOf(codes);
    members = List.copyOf(members);
  }

  /** Those of a composition of now. */
  public static RolledRegions of(String dimension, List<String> codes, Composition composition) {
    return new RolledRegions(dimension, codes, members(codes, composition));
  }

  private static List<Link> members(Collection<String> codes, Composition composition) {
    return codes.stream().distinct().flatMap(code -> composition.flat(code).stream()).toList();
  }

  /** True if some regions are among them, and have the members that a composition says. */
  public boolean keep(Collection<String> wanted, Composition composition) {
    return codes.containsAll(wanted)
        && members.stream()
            .filter(link -> wanted.contains(link.whole()))
            .toList()
            .equals(
                codes.stream()
                    .distinct()
                    .filter(wanted::contains)
                    .flatMap(code -> composition.flat(code).stream())
                    .toList());
  }

  /** The members that they have in the buckets. */
  public Composition composition() {
    return new Composition(members);
  }
}
