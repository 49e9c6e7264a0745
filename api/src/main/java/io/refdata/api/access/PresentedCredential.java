package io.refdata.api.access;

import io.refdata.access.Role;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.util.AttachmentKey;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The credential of a request, and what is known of it. A connection keeps the accepted one that it
 * sent last, until it is closed: most connections send the same again and again. The same text is
 * compared then, instead of taken apart and hashed once more; whether it still holds is asked each
 * time. Only the I/O thread of the connection uses it.
 *
 * <p>How long the comparison takes says how many characters of the text are right, in steps of 8 or
 * more: that helps nobody to guess it, and only who is on the same connection learns it at all.
 */
final class PresentedCredential {
  private static final AttachmentKey<PresentedCredential> LAST =
      AttachmentKey.create(PresentedCredential.class);

  private static final Verdict NOT_KNOWN =
      new Verdict.Refused("invalid_token", "The credential is not known.");

  /** After this time the log is told again; it knows itself what it has said already. */
  private static final long SAID = TimeUnit.SECONDS.toNanos(1);

  private final String line;
  private final String text;
  private final @Nullable Credentials kind;
  private final Remembered remembered;
  private Verdict.@Nullable Accepted verdict;
  private @Nullable Caller caller;
  private long said;

  private PresentedCredential(String line, String text, @Nullable Credentials kind) {
    this.line = line;
    this.text = text;
    this.kind = kind;
    this.remembered = kind == null ? () -> NOT_KNOWN : kind.remembering(text);
  }

  /**
   * The credential of a request.
   *
   * @param kinds the kind that a credential has the form of; null if it is of none
   * @return null if there is none, or if it is of a scheme that is not known
   * @throws SentCredential.Malformed if there are several, or it is malformed or too long
   */
  static @Nullable PresentedCredential of(
      HttpServerExchange exchange, Function<String, @Nullable Credentials> kinds)
      throws SentCredential.Malformed {
    String line = SentCredential.line(exchange);
    if (line == null) {
      return null;
    }
    PresentedCredential last = exchange.getConnection().getAttachment(LAST);
    if (last != null && last.line.equals(line)) {
      return last;
    }
    String text = SentCredential.in(line);
    return text == null ? null : new PresentedCredential(line, text, kinds.apply(text));
  }

  /** The text that was sent. */
  String text() {
    return text;
  }

  /** The verdict of an earlier check; null if it must be checked. */
  @Nullable Verdict remembered() {
    return remembered.verdict();
  }

  /** May block, see {@link Credentials#check}. */
  Verdict check() throws CheckUnavailable {
    // Others may have asked with the same credential while this waited.
    Verdict earlier = remembered.verdict();
    return earlier == null && kind != null
        ? kind.check(text)
        : Objects.requireNonNullElse(earlier, NOT_KNOWN);
  }

  /**
   * It is accepted, and the connection keeps it instead of the one before.
   *
   * @param more what anybody may do, a known caller may do too
   */
  Caller accept(Verdict.Accepted accepted, Set<Role> more, ServerConnection connection) {
    Caller known = caller;
    if (known == null || !accepted.equals(verdict)) {
      known = accepted.caller().with(more);
      caller = known;
      verdict = accepted;
      connection.putAttachment(LAST, this);
    }
    return known;
  }

  /** Whether the log has not been told for some time that a verdict is good. */
  boolean isToBeSaid(Verdict.Accepted accepted) {
    long now = System.nanoTime();
    boolean told = accepted.equals(verdict) && now - said < SAID;
    if (!told) {
      said = now;
    }
    return !told;
  }
}
