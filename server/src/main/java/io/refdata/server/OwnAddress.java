package io.refdata.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The address at which the server reaches itself over HTTP. */
public final class OwnAddress {
  private static volatile @Nullable String current;

  private OwnAddress() {}

  /**
   * Scheme, host and port, such as {@code http://127.0.0.1:8080}; empty until the application is
   * there.
   */
  public static Optional<String> current() {
    return Optional.ofNullable(current);
  }

  static void set(InetSocketAddress listener) {
    current = of(listener);
  }

  static String of(InetSocketAddress listener) {
    return "http://%s:%d".formatted(host(listener.getAddress()), listener.getPort());
  }

  private static String host(InetAddress address) {
    if (address.isAnyLocalAddress()) {
      return "127.0.0.1";
    }
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + text + "]" : text;
  }
}
