package io.refdata.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Finds out whether others could read what the server and a database on another machine say to each
 * other, or stand between them. Without {@code sslmode=verify-full} the driver accepts any
 * certificate, or none.
 */
final class DatabaseLinkCheck {
  private static final String VERIFIED = "verify-full";

  private DatabaseLinkCheck() {}

  /** The warning for the address of a database; empty if there is nothing to warn of. */
  static Optional<String> warning(String url) {
    Properties parts = Driver.parseURL(url, new Properties());
    if (parts == null) {
      return Optional.empty();
    }
    String mode = parts.getProperty("sslmode", "prefer");
    String hosts = parts.getProperty("PGHOST", "localhost");
    return mode.equals(VERIFIED)
            || Arrays.stream(hosts.split(",", -1)).allMatch(DatabaseLinkCheck::isHere)
        ? Optional.empty()
        : Optional.of(
            "The database is on another machine (%s), and sslmode is %s: add sslmode=verify-full to refdata.db.url, or others may read along"
                .formatted(hosts, mode));
  }

  private static boolean isHere(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
