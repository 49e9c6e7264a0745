package io.refdata.persistence.performance;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Targets in the order of their file, where they are grouped by category. */
public final class Targets {
  private static final String FILE = "targets.yaml";

  /** The category of the file that has the categories of the running system. */
  private static final String RUNNING_SYSTEM = "running system";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private final Map<String, Target> byId = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException if two targets have the same id
   */
  public Targets(Collection<Target> targets) {
    for (Target target : targets) {
      if (byId.put(target.id(), target) != null) {
        throw new IllegalArgumentException("Two targets are called " + target.id());
      }
    }
  }

  /** The targets of the release gate. */
  public static Targets ofRelease() {
    return new Targets(file().all().stream().filter(target -> target.test() == null).toList());
  }

  /** The targets of the tests on a running system. */
  public static Targets ofRunningSystem() {
    return new Targets(file().all().stream().filter(target -> target.test() != null).toList());
  }

  private static Targets file() {
    try (InputStream file = Targets.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new FileNotFoundException(FILE);
      }
      return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }

  /**
   * Reads categories, their targets by id, and the members of each target. The category of the
   * running system has categories of tests, and these have the targets.
   */
  static Targets parse(String yaml) throws IOException {
    List<Target> targets = new ArrayList<>();
    for (Map.Entry<String, JsonNode> category : YAML.readTree(yaml).properties()) {
      if (category.getKey().equals(RUNNING_SYSTEM)) {
        addTested(category.getValue(), targets);
      } else {
        add(category.getKey(), null, category.getValue(), targets);
      }
    }
    return new Targets(targets);
  }

  private static void addTested(JsonNode categories, List<Target> targets) throws IOException {
    for (Map.Entry<String, JsonNode> category : categories.properties()) {
      for (Map.Entry<String, JsonNode> test : category.getValue().properties()) {
        add(category.getKey(), test.getKey(), test.getValue(), targets);
      }
    }
  }

  private static void add(
      String category, @Nullable String test, JsonNode those, List<Target> targets)
      throws IOException {
    for (Map.Entry<String, JsonNode> target : those.properties()) {
      ObjectNode said = target.getValue().deepCopy();
      said.put("id", target.getKey()).put("category", category).put("test", test);
      if (test != null) {
        said.set("small", said.get("critical"));
      }
      targets.add(YAML.treeToValue(said, Target.class));
    }
  }

  /** The target of an id; null if there is none. */
  public @Nullable Target get(String id) {
    return byId.get(id);
  }

  public Collection<Target> all() {
    return byId.values();
  }

  /** The names of the tests, in order. */
  public List<String> tests() {
    List<String> tests = new ArrayList<>();
    for (Target target : all()) {
      if (target.test() != null && !tests.contains(target.test())) {
        tests.add(target.test());
      }
    }
    return tests;
  }

  /** The targets of some tests, in order. */
  public List<Target> of(Collection<String> tests) {
    return all().stream()
        .filter(target -> target.test() != null && tests.contains(target.test()))
        .toList();
  }
}
