package io.refdata.api.response;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.domain.item.fault.Precondition;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The conditions of a write: {@code If-Match} and {@code If-None-Match}. */
public final class WriteConditions {
  private static final int MAX_DIGITS = 9;

  /** A tag without its quotes: a version, perhaps with the hash of the bytes. */
  private static final Pattern BARE = Pattern.compile("\\d++(?:-[\\w-]*+)?+");

  private WriteConditions() {}

  /**
   * Reads the conditions. Only the version part of a tag counts. A weak tag, or a tag without a
   * version, matches nothing.
   */
  public static Precondition of(HttpHeaders headers) {
    EntityTags ifMatch = EntityTags.orNull(headers.getRequestHeader(HttpHeaders.IF_MATCH));
    EntityTags ifNoneMatch = EntityTags.orNull(headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH));
    if (ifNoneMatch != null && !ifNoneMatch.any()) {
      throw new Problem(ProblemType.MALFORMED, "If-None-Match of a write can only be *.");
    } else if (ifMatch != null && !ifMatch.wellFormed()) {
      throw new Problem(ProblemType.MALFORMED, "If-Match is not a list of entity tags.");
    }
    return new Precondition(
        ifMatch == null || ifMatch.any() ? null : versions(ifMatch),
        ifMatch != null && ifMatch.any(),
        ifNoneMatch != null);
  }

  /**
   * Reads the condition of one of several writes in a body: {@code *}, an entity tag with or
   * without its quotes, or a version; empty if it is none of them.
   */
  public static Optional<Precondition> of(String text) {
    EntityTags tags =
        EntityTags.of(List.of(BARE.matcher(text).matches() ? '"' + text + '"' : text));
    return tags.wellFormed()
        ? Optional.of(new Precondition(tags.any() ? null : versions(tags), tags.any(), false))
        : Optional.empty();
  }

  private static Set<Integer> versions(EntityTags ifMatch) {
    Set<Integer> versions = new TreeSet<>();
    for (EntityTags.Tag tag : ifMatch.tags()) {
      int end = tag.opaque().indexOf('-');
      String version = end < 0 ? tag.opaque() : tag.opaque().substring(0, end);
      if (!tag.weak()
          && !version.isEmpty()
          && version.length() <= MAX_DIGITS
          && version.chars().allMatch(c -> c >= '0' && c <= '9')) {
        versions.add(Integer.valueOf(version));
      }
    }
    return versions;
  }
}
