package io.refdata.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A file that holds a secret, as Docker and Kubernetes give them: for each setting whose value is
 * never shown there is another, {@code <name>-file}, with the path of such a file. The file is read
 * each time, so it may be replaced while the server runs. One line break at its end is no part of
 * the secret.
 */
final class SecretFile {
  static final String PROPERTY_END = "-file";
  static final String VARIABLE_END = "_FILE";

  /** A secret is short: the path may be one of something else. */
  private static final int MOST_BYTES = 65_536;

  private SecretFile() {}

  /** The path in the setting of a secret; empty if none is set. */
  static Optional<String> path(
      Setting setting, Map<String, String> properties, Map<String, String> environment) {
    if (setting.kind().shown()) {
      return Optional.empty();
    }
    return Optional.ofNullable(properties.get(setting.property() + PROPERTY_END))
        .or(() -> Optional.ofNullable(environment.get(setting.variable() + VARIABLE_END)));
  }

  /** The path that this process has for a secret. */
  static Optional<String> path(Setting setting) {
    if (setting.kind().shown()) {
      return Optional.empty();
    }
    return Optional.ofNullable(System.getProperty(setting.property() + PROPERTY_END))
        .or(() -> Optional.ofNullable(System.getenv(setting.variable() + VARIABLE_END)));
  }

  /**
   * The secret in a file.
   *
   * @throws IllegalStateException if it can't be read; the message names the file, not what is in
   *     it
   */
  static String read(String path) {
    try (InputStream file = Files.newInputStream(Path.of(path))) {
      byte[] bytes = file.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IllegalStateException("the file " + shown(path) + " is too large for a secret");
      }
      return withoutLineBreak(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new IllegalStateException("the file " + shown(path) + " is not in UTF-8", e);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalStateException("the file " + shown(path) + " can't be read", e);
    }
  }

  private static String withoutLineBreak(String text) {
    String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private static String shown(String path) {
    return path.replace('\n', ' ');
  }
}
