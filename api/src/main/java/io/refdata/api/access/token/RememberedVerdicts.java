package io.refdata.api.access.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refdata.api.access.Verdict;
import io.refdata.persistence.access.EndedTokens;
import io.refdata.settings.Setting;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts on tokens, by their hashes. Each is right for a time, for the keys it was found with,
 * and until the token is ended. Accepted and refused tokens have maps of their own, so that a flood
 * of bad tokens pushes out no good one.
 */
final class RememberedVerdicts {
  private final Cache<TokenHash, AcceptedToken> accepted;
  private final Cache<TokenHash, RefusedToken> refused;
  private final Duration refusedFor;

  /**
   * A token that was right; it still is if its key is among later ones, and nobody has ended it.
   */
  private static final class AcceptedToken {
    private final Verdict.Accepted verdict;
    private final long until;
    private final SigningKey key;
    private final TokenIdentity identity;
    private volatile KeySet keys;
    private volatile EndedTokens ended;

    AcceptedToken(
        Verdict.Accepted verdict,
        SigningKey key,
        TokenIdentity identity,
        KeySet keys,
        EndedTokens ended) {
      this.verdict = verdict;
      this.until = verdict.until().toEpochMilli();
      this.key = key;
      this.identity = identity;
      this.keys = keys;
      this.ended = ended;
    }

    boolean isRight(KeySet present, EndedTokens endedNow, long now) {
      if (now >= until) {
        return false;
      }
      if (ended != endedNow) {
        if (identity.isEnded(endedNow)) {
          return false;
        }
        ended = endedNow;
      }
      if (keys != present) {
        if (!present.contains(key)) {
          return false;
        }
        keys = present;
      }
      return true;
    }
  }

  /** A token that was wrong; with other keys it may be right. */
  private record RefusedToken(Verdict.Refused verdict, long until, KeySet keys) {
    boolean isRight(KeySet present, long now) {
      return keys == present && now < until;
    }
  }

  /**
   * Maps without a verdict.
   *
   * @param mostAccepted accepted tokens at most
   * @param mostRefused refused tokens at most
   * @param refusedFor how long a refused one is remembered
   */
  RememberedVerdicts(long mostAccepted, long mostRefused, Duration refusedFor) {
    // The map is tidied by the thread that adds to it, which is a worker.
    this.accepted = Caffeine.newBuilder().maximumSize(mostAccepted).executor(Runnable::run).build();
    this.refused = Caffeine.newBuilder().maximumSize(mostRefused).executor(Runnable::run).build();
    this.refusedFor = refusedFor;
  }

  static RememberedVerdicts ofSettings() {
    return new RememberedVerdicts(
        Setting.ACCESS_REMEMBERED.number(),
        Setting.ACCESS_REMEMBERED_REFUSED.number(),
        Setting.ACCESS_REFUSED_FOR.time());
  }

  /**
   * The remembered verdict on a token; null if it has to be checked.
   *
   * @param ended null if they are not known: then nothing can be accepted
   */
  @Nullable Verdict of(TokenHash token, KeySet keys, @Nullable EndedTokens ended, long now) {
    AcceptedToken right = accepted.getIfPresent(token);
    if (right != null) {
      if (ended == null) {
        return null;
      }
      if (right.isRight(keys, ended, now)) {
        return right.verdict;
      }
      accepted.asMap().remove(token, right);
    }
    RefusedToken wrong = refused.getIfPresent(token);
    return wrong != null && wrong.isRight(keys, now) ? wrong.verdict() : null;
  }

  void accept(
      TokenHash token,
      Verdict.Accepted verdict,
      SigningKey key,
      TokenIdentity identity,
      KeySet keys,
      EndedTokens ended) {
    accepted.put(token, new AcceptedToken(verdict, key, identity, keys, ended));
  }

  /** Remembers a refusal, until an instant at most. */
  void refuse(TokenHash token, Reason reason, KeySet keys, Instant now, Instant until) {
    Instant end = now.plus(refusedFor);
    long last = (end.isBefore(until) ? end : until).toEpochMilli();
    refused.put(token, new RefusedToken(reason.verdict(), last, keys));
  }

  /** Tokens in memory, accepted and refused. */
  long size() {
    accepted.cleanUp();
    refused.cleanUp();
    return accepted.estimatedSize() + refused.estimatedSize();
  }
}
