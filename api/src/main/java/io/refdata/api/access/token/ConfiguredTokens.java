package io.refdata.api.access.token;

import io.refdata.api.access.Credentials;
import io.refdata.persistence.access.KnownEndings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Accepts the tokens of the issuer in the settings for as long as the application runs. */
@ApplicationScoped
public class ConfiguredTokens {
  /** Returns when the keys of the issuer were asked for, which takes a bounded time. */
  @Produces
  @Singleton
  Credentials begin(KnownEndings endings) throws InterruptedException {
    TokenCredentials tokens = TokenCredentials.ofSettings(endings);
    tokens.start();
    return tokens;
  }

  void end(@Disposes Credentials tokens) {
    if (tokens instanceof TokenCredentials begun) {
      begun.close();
    }
  }
}
