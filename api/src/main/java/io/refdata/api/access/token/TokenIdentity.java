package io.refdata.api.access.token;

import io.refdata.persistence.access.EndedTokens;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The members of a token by which an operator can end it.
 *
 * @param subject its {@code sub}; null if it has none
 * @param name the name of its caller
 * @param jti null if it has none
 * @param issued the latest instant at which it can have been issued before, by the clock of the
 *     platform: its {@code iat} less the skew; null if it has none
 */
record TokenIdentity(
    @Nullable String subject, String name, @Nullable String jti, @Nullable Instant issued) {
  boolean isEnded(EndedTokens ended) {
    return ended.hasToken(jti)
        || ended.hasSubject(subject, issued)
        || ended.hasSubject(name, issued);
  }
}
