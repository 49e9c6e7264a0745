package io.refdata.db;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The SQL migrations by name, and the settings of a single one ({@code <script>.conf}), if there
 * are any.
 */
record Scripts(List<String> names) implements ResourceProvider {

  private static final String FOLDER = "/db/migration/";

  @Override
  public @Nullable LoadableResource getResource(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    try (InputStream in = Scripts.class.getResourceAsStream(FOLDER + file)) {
      return in == null ? null : new Script(file, new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return names.stream()
        .filter(name -> name.startsWith(prefix) && Arrays.stream(suffixes).anyMatch(name::endsWith))
        .map(this::required)
        .toList();
  }

  private LoadableResource required(String name) {
    LoadableResource script = getResource(name);
    if (script == null) {
      throw new MigrationFailed(name + " is missing from " + FOLDER);
    }
    return script;
  }

  private static final class Script extends LoadableResource {

    private final String name;
    private final String text;

    Script(String name, String text) {
      this.name = name;
      this.text = text;
    }

    @Override
    public Reader read() {
      return new StringReader(text);
    }

    @Override
    public String getAbsolutePath() {
      return FOLDER + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return FOLDER + name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }
  }
}
