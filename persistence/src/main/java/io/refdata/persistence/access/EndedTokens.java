package io.refdata.persistence.access;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which tokens have ended before their time, as of one read. */
public final class EndedTokens {
  /** None. */
  public static final EndedTokens NONE = new EndedTokens(Map.of(), Set.of());

  private final Map<String, Instant> subjects;
  private final Set<String> tokens;

  private EndedTokens(Map<String, Instant> subjects, Set<String> tokens) {
    this.subjects = Map.copyOf(subjects);
    this.tokens = Set.copyOf(tokens);
  }

  public static EndedTokens of(List<TokenEnding> endings) {
    Map<String, Instant> subjects = new HashMap<>();
    Set<String> tokens = new HashSet<>();
    endings.forEach(ending -> add(ending, subjects, tokens));
    return new EndedTokens(subjects, tokens);
  }

  /** The same with one more. */
  EndedTokens with(TokenEnding ending) {
    Map<String, Instant> moreSubjects = new HashMap<>(subjects);
    Set<String> moreTokens = new HashSet<>(tokens);
    add(ending, moreSubjects, moreTokens);
    return new EndedTokens(moreSubjects, moreTokens);
  }

  private static void add(TokenEnding ending, Map<String, Instant> subjects, Set<String> tokens) {
    if (ending.subject() != null) {
      subjects.merge(
          ending.subject(), ending.at(), (one, other) -> one.isAfter(other) ? one : other);
    } else if (ending.jti() != null) {
      tokens.add(ending.jti());
    }
  }

  /** Whether a token with a {@code jti} has ended; null if it has none. */
  public boolean hasToken(@Nullable String jti) {
    return jti != null && tokens.contains(jti);
  }

  /**
   * Whether the tokens of a subject have ended that were issued at an instant.
   *
   * @param subject null if a token has none
   * @param issued null if it is not known: then it may have been before
   */
  public boolean hasSubject(@Nullable String subject, @Nullable Instant issued) {
    Instant at = subject == null ? null : subjects.get(subject);
    return at != null && (issued == null || !issued.isAfter(at));
  }
}
