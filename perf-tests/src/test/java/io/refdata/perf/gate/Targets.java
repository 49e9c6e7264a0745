package io.refdata.perf.gate;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All targets in the order of their file, where they are grouped by category. */
final class Targets {
  private static final Path FILE = Path.of("targets.yaml");
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private final Map<String, Target> byId = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException if two targets have the same id
   */
  Targets(Collection<Target> targets) {
    for (Target target : targets) {
      if (byId.put(target.id(), target) != null) {
        throw new IllegalArgumentException("Two targets are called " + target.id());
      }
    }
  }

  /** Reads the targets of this module. */
  static Targets read() {
    try {
      return parse(Files.readString(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }

  /** Reads categories, their targets by id, and the members of each target. */
  static Targets parse(String yaml) throws IOException {
    List<Target> targets = new ArrayList<>();
    for (Map.Entry<String, JsonNode> category : YAML.readTree(yaml).properties()) {
      for (Map.Entry<String, JsonNode> target : category.getValue().properties()) {
        ObjectNode said = target.getValue().deepCopy();
        said.put("id", target.getKey()).put("category", category.getKey());
        targets.add(YAML.treeToValue(said, Target.class));
      }
    }
    return new Targets(targets);
  }

  @Nullable Target get(String id) {
    return byId.get(id);
  }

  Collection<Target> all() {
    return byId.values();
  }
}
