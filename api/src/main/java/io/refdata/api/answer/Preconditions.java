package io.refdata.api.answer;

import io.refdata.api.problem.Problem;
import io.refdata.api.problem.ProblemType;
import io.refdata.reference.Precondition;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code If-Match} and {@code If-None-Match} ask of the item that is to be written. */
public final class Preconditions {
  private static final Pattern TAG = Pattern.compile("\\s*(W/)?\"([^\"]*)\"\\s*(,|$)");
  private static final Pattern VERSION = Pattern.compile("(\\d{1,9})(-.*)?");

  private Preconditions() {}

  /**
   * Only the version part of a tag counts; a weak tag, or one without a version, matches nothing.
   */
  public static Precondition of(HttpHeaders headers) {
    String match = headers.getHeaderString(HttpHeaders.IF_MATCH);
    String noneMatch = headers.getHeaderString(HttpHeaders.IF_NONE_MATCH);
    if (noneMatch != null && !noneMatch.strip().equals("*")) {
      throw new Problem(ProblemType.MALFORMED, "A write takes no If-None-Match but *.");
    }
    boolean any = match != null && match.strip().equals("*");
    return new Precondition(match == null || any ? null : versions(match), any, noneMatch != null);
  }

  private static Set<Integer> versions(String match) {
    Set<Integer> versions = new TreeSet<>();
    Matcher tag = TAG.matcher(match);
    int end = 0;
    while (end < match.length() && tag.find(end) && tag.start() == end) {
      Matcher version = VERSION.matcher(tag.group(2));
      if (tag.group(1) == null && version.matches()) {
        versions.add(Integer.valueOf(version.group(1)));
      }
      end = tag.end();
    }
    if (end == 0 || end < match.length()) {
      throw new Problem(ProblemType.MALFORMED, "If-Match is not a list of entity tags: " + match);
    }
    return versions;
  }
}
