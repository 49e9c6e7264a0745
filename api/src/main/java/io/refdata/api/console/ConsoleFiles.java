package io.refdata.api.console;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of the console, read once from the WAR: what is not among them is never served from it.
 */
final class ConsoleFiles {
  /** Where they lie in the WAR, and below which path they are asked for. */
  static final String ROOT = "/console/";

  /** The page that all views of the console are shown in. */
  private static final String PAGE = ROOT + "index.html";

  /** The first segments of the addresses of views; the rest is for the page to read. */
  private static final Set<String> VIEWS = Set.of("explore", "reference", "loads", "operations");

  /** A chart without the rest of the page, for pages of others to embed. */
  private static final String EMBED = "/embed";

  private final Map<String, ConsoleFile> files;

  private ConsoleFiles(Map<String, ConsoleFile> files) {
    this.files = files;
  }

  static ConsoleFiles of(ServletContext context) {
    Map<String, ConsoleFile> files = new HashMap<>();
    try {
      read(context, ROOT, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ConsoleFiles(Map.copyOf(files));
  }

  private static void read(ServletContext context, String folder, Map<String, ConsoleFile> files)
      throws IOException {
    Set<String> paths = context.getResourcePaths(folder);
    for (String path : paths == null ? Set.<String>of() : paths) {
      if (path.endsWith("/")) {
        read(context, path, files);
        continue;
      }
      try (InputStream in = context.getResourceAsStream(path)) {
        files.put(path, ConsoleFile.of(path, in.readAllBytes()));
      }
    }
  }

  /** The file that is shown at a path; null if that is none of the console. */
  @Nullable ConsoleFile at(String path) {
    return isView(path) ? files.get(PAGE) : path.equals(PAGE) ? null : files.get(path);
  }

  private static boolean isView(String path) {
    if (path.isEmpty() || path.equals("/") || isEmbedded(path)) {
      return true;
    }
    int end = path.indexOf('/', 1);
    return VIEWS.contains(path.substring(1, end < 0 ? path.length() : end));
  }

  /** Whether a path is that of a file or a folder of the console, there or not. */
  static boolean isBelow(String path) {
    return path.startsWith(ROOT) || ROOT.equals(path + "/");
  }

  /** Whether pages of others may embed what is shown at a path. */
  static boolean isEmbedded(String path) {
    return path.equals(EMBED);
  }
}
