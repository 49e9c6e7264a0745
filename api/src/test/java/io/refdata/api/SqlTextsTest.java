package io.refdata.api;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No SQL is put together from input. */
class SqlTextsTest {
  private static final Path KNOWN = Path.of("src/test/resources/sql-put-together.txt");
  private static final List<String> MODULES =
      List.of("server", "db", "persistence", "batch", "api");

  @Test
  void everyTextIsConstantOrKnown() throws IOException {
    Map<String, Integer> known = known();
    Map<String, List<SqlTexts.Found>> found = new TreeMap<>();
    for (String module : MODULES) {
      Path root = Path.of("..", module, "src/main/java");
      found.putAll(
          SqlTexts.below(root).stream()
              .collect(groupingBy(each -> module + "/src/main/java/" + each.file())));
    }
    List<String> faults = new ArrayList<>();
    found.forEach(
        (file, texts) -> {
          int places = known.getOrDefault(file, 0);
          if (texts.size() != places) {
            faults.add(
                "%s has %d places where SQL is put together, %d are known: %s"
                    .formatted(file, texts.size(), places, texts));
          }
        });
    known.keySet().stream()
        .filter(file -> !found.containsKey(file))
        .forEach(file -> faults.add(file + " puts no SQL together any more"));
    assertThat(faults)
        .as("bind values; for names use SqlText with a constant; else add it to %s", KNOWN)
        .isEmpty();
  }

  @Test
  void whatIsPutTogetherFromAValueIsFoundWithItsLine(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("Wrong.java"),
        """
        class Wrong {
          static final String NAMES = "select name from ref.unit";
          void read(Handle handle, String name) {
            handle.createQuery(NAMES + " where code = :code");
            handle.createQuery(SqlText.of("select <a>").with("a", name).text());
            handle.createQuery(
                NAMES + " where code = '" + name + "'");
            handle.execute("delete from %s".formatted(name));
            handle.createQuery(SqlText.of(name).text());
          }
        }
        """);
    assertThat(SqlTexts.below(directory))
        .extracting(SqlTexts.Found::line)
        .containsExactly(7L, 8L, 9L);
  }

  private static Map<String, Integer> known() throws IOException {
    Map<String, Integer> known = new TreeMap<>();
    for (String line : Files.readAllLines(KNOWN)) {
      if (!line.startsWith("#")) {
        int space = line.indexOf(' ');
        known.put(
            line.substring(space + 1, line.indexOf(':')),
            Integer.valueOf(line.substring(0, space)));
      }
    }
    return known;
  }
}
