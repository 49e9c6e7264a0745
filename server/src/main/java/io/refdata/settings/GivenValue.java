package io.refdata.settings;

import java.util.Optional;

/** The places that the value of a setting comes from. */
final class GivenValue {
  private GivenValue() {}

  /** The value that was set instead of the default; empty if none was. */
  static Optional<String> of(Setting setting) {
    return Optional.ofNullable(System.getProperty(setting.property()))
        .or(() -> Optional.ofNullable(System.getenv(setting.variable())))
        .or(() -> SecretFile.path(setting).map(SecretFile::read));
  }

  /** The value of a default, which may begin with an expression for a directory of the server. */
  static String expanded(String standard) {
    int end = standard.indexOf('}');
    if (!standard.startsWith("${") || end < 0) {
      return standard;
    }
    String name = standard.substring(2, end);
    return System.getProperty(name, ".") + standard.substring(end + 1);
  }
}
