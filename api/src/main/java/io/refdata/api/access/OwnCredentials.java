package io.refdata.api.access;

import io.refdata.access.Role;
import io.refdata.server.OwnCredential;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;

/** The credential by which the server knows its requests to itself. They only read data. */
@ApplicationScoped
public class OwnCredentials implements Credentials {
  private static final Verdict ACCEPTED =
      new Verdict.Accepted(
          new Caller(Caller.Kind.KEY, "platform", Set.of(Role.READER)), Instant.MAX);
  private static final Verdict REFUSED =
      new Verdict.Refused("invalid_token", "The credential is not known.");

  @Override
  public boolean recognizes(String credential) {
    return credential.startsWith(OwnCredential.PREFIX);
  }

  @Override
  public Remembered remembering(String credential) {
    Verdict verdict = check(credential);
    return () -> verdict;
  }

  @Override
  public Verdict check(String credential) {
    return OwnCredential.is(credential) ? ACCEPTED : REFUSED;
  }
}
