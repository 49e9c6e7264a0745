package io.refdata.persistence.load;

import io.refdata.settings.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The files that arrived, as they arrived, below {@code refdata.home}. */
@ApplicationScoped
public class Payloads {
  private static final String UNFINISHED = ".part";

  private final Path directory;

  public Payloads() {
    this(Path.of(Setting.HOME.text()));
  }

  /**
   * @param home where the platform keeps its files
   */
  public Payloads(Path home) {
    directory = home.resolve("payloads");
  }

  /** Streams a body to disk; when this returns, it is there for good. */
  public Load.File receive(InputStream body, @Nullable String name) throws IOException {
    Files.createDirectories(directory);
    String path = UUID.randomUUID().toString();
    Path unfinished = directory.resolve(path + UNFINISHED);
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      long bytes;
      try (FileChannel channel =
              FileChannel.open(
                  unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        bytes = new DigestInputStream(body, digest).transferTo(out);
        channel.force(true);
      }
      Files.move(unfinished, directory.resolve(path), StandardCopyOption.ATOMIC_MOVE);
      return new Load.File(name, bytes, HexFormat.of().formatHex(digest.digest()), path);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  public Path path(Load.File file) {
    return directory.resolve(file.path());
  }

  /** Removes what was still arriving when the server died. */
  public void removeUnfinished() {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (var files = Files.newDirectoryStream(directory, "*" + UNFINISHED)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
