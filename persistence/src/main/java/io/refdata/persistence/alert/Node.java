package io.refdata.persistence.alert;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this server among others that share the database. */
public final class Node {
  private static final String PROPERTY = "jboss.node.name";

  private Node() {}

  /** The name that the server was started with, by default that of its host. */
  public static String name() {
    String given = System.getProperty(PROPERTY);
    if (given != null && !given.isBlank()) {
      return given;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
