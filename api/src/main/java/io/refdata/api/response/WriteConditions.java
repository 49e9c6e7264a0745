package io.refdata.api.response;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.domain.item.fault.Precondition;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;
import java.util.TreeSet;

/** What {@code If-Match} and {@code If-None-Match} ask of the item that is to be written. */
public final class WriteConditions {
  private static final int MOST_DIGITS = 9;

  private WriteConditions() {}

  /**
   * Only the version part of a tag counts; a weak tag, or one without a version, matches nothing.
   */
  public static Precondition of(HttpHeaders headers) {
    EntityTags match = EntityTags.orNull(headers.getRequestHeader(HttpHeaders.IF_MATCH));
    EntityTags none = EntityTags.orNull(headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH));
    if (none != null && !none.any()) {
      throw new Problem(ProblemType.MALFORMED, "A write takes no If-None-Match but *.");
    } else if (match != null && !match.wellFormed()) {
      throw new Problem(ProblemType.MALFORMED, "If-Match is not a list of entity tags.");
    }
    return new Precondition(
        match == null || match.any() ? null : versions(match),
        match != null && match.any(),
        none != null);
  }

  private static Set<Integer> versions(EntityTags match) {
    Set<Integer> versions = new TreeSet<>();
    for (EntityTags.Tag tag : match.tags()) {
      int end = tag.opaque().indexOf('-');
      String version = end < 0 ? tag.opaque() : tag.opaque().substring(0, end);
      if (!tag.weak()
          && !version.isEmpty()
          && version.length() <= MOST_DIGITS
          && version.chars().allMatch(c -> c >= '0' && c <= '9')) {
        versions.add(Integer.valueOf(version));
      }
    }
    return versions;
  }
}
