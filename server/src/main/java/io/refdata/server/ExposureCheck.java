package io.refdata.server;

import io.refdata.access.Role;
import io.refdata.settings.Setting;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds out whether what is meant for development could be reached from other machines: tokens that
 * anybody can make, and writes without a credential.
 */
final class ExposureCheck {
  /** The host of the issuer of {@code mvn -Prun}; no real one has such a name (RFC 2606). */
  private static final String DEVELOPMENT = "://development.invalid";

  private ExposureCheck() {}

  /** The reason why a server must not listen at an address; empty if it may. */
  static Optional<String> fault(InetAddress address) {
    return fault(address, Setting.ACCESS_ANYBODY.text(), Setting.ACCESS_ISSUER.text());
  }

  static Optional<String> fault(InetAddress address, String anybody, String issuer) {
    if (address.isLoopbackAddress()) {
      return Optional.empty();
    }
    String where = " is for the loopback address only, and the server listens at ";
    if (issuer.toLowerCase(Locale.ROOT).contains(DEVELOPMENT)) {
      return Optional.of(
          Setting.ACCESS_ISSUER.property() + "=" + issuer + where + address.getHostAddress());
    } else if (!anybody.isEmpty() && !anybody.equals(Role.READER.word())) {
      return Optional.of(
          Setting.ACCESS_ANYBODY.property() + "=" + anybody + where + address.getHostAddress());
    }
    return Optional.empty();
  }
}
