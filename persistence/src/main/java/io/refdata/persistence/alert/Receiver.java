package io.refdata.persistence.alert;

import io.refdata.settings.Setting;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Somebody who is told of alerts.
 *
 * @param address where alerts are sent to; it may hold a secret, so it is neither stored nor shown
 */
public record Receiver(Kind kind, URI address) {
  private static final String OF_ALERTMANAGER = "/api/v2/alerts";

  /** The protocol of a receiver. */
  public enum Kind {
    WEBHOOK,
    ALERTMANAGER
  }

  /** Those of the settings. */
  public static List<Receiver> ofSettings() {
    List<Receiver> all = new ArrayList<>();
    for (String address : addresses(Setting.ALERTS_WEBHOOKS)) {
      all.add(new Receiver(Kind.WEBHOOK, URI.create(address)));
    }
    for (String address : addresses(Setting.ALERTS_ALERTMANAGERS)) {
      String root = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
      all.add(new Receiver(Kind.ALERTMANAGER, URI.create(root + OF_ALERTMANAGER)));
    }
    return all;
  }

  private static String[] addresses(Setting setting) {
    String text = setting.text();
    return text.isEmpty() ? new String[0] : text.split(",", -1);
  }

  /** Its name in the database: a hash, since the address may hold a secret. */
  public String target() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((kind + " " + address).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The name that people see: the kind, the host, and the port if its address has one. */
  public String name() {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return (kind == Kind.WEBHOOK ? "webhook " : "Alertmanager ") + address.getHost() + port;
  }

  @Override
  public String toString() {
    return name();
  }
}
