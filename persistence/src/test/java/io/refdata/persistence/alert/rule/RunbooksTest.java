package io.refdata.persistence.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.refdata.persistence.alert.AlertRule;
import io.refdata.persistence.alert.AlertRule.Description;
import io.refdata.persistence.alert.Bounds;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunbooksTest {
  private static final Path DOCUMENT = Path.of("../docs/operations.md");
  private static final Path CLASSES = Path.of("target/classes/io/refdata/persistence/alert/rule");

  private static List<Description> rules() throws Exception {
    List<Description> rules = new ArrayList<>();
    List<String> names;
    try (Stream<Path> files = Files.list(CLASSES)) {
      names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".class") && !name.contains("$"))
              .map(name -> name.substring(0, name.length() - ".class".length()))
              .sorted()
              .toList();
    }
    for (String name : names) {
      Class<?> type = Class.forName(RunbooksTest.class.getPackageName() + "." + name);
      if (AlertRule.class.isAssignableFrom(type)) {
        rules.add(((AlertRule) create(type)).description());
      }
    }
    return rules;
  }

  private static Object create(Class<?> type) throws Exception {
    Constructor<?> constructor = type.getConstructors()[0];
    List<Object> parts = new ArrayList<>();
    for (Class<?> part : constructor.getParameterTypes()) {
      parts.add(create(part));
    }
    return constructor.newInstance(parts.toArray());
  }

  @Test
  void everyRuleHasARunbook() throws Exception {
    String document = Files.readString(DOCUMENT);
    assertThat(rules())
        .hasSizeGreaterThan(14)
        .allSatisfy(rule -> assertThat(document).contains("\n### " + rule.name() + "\n"));
  }

  @Test
  void namesAreUniqueAndBoundsAreInOrder() throws Exception {
    List<Description> rules = rules();
    assertThat(rules.stream().map(Description::name).collect(Collectors.toSet()))
        .hasSameSizeAs(rules);
    assertThat(rules)
        .allSatisfy(
            rule -> {
              assertThat(rule.name()).matches("[A-Z_]+");
              assertThat(rule.look()).startsWith("/");
              Bounds bounds = rule.bounds();
              assertThat(bounds.warning() != null || bounds.critical() != null).isTrue();
              if (bounds.warning() != null && bounds.critical() != null) {
                assertThat(bounds.critical().compareTo(bounds.warning()))
                    .isEqualTo(bounds.worse() == Bounds.Worse.HIGH ? 1 : -1);
              }
            });
  }

  @Test
  void everyRunbookSaysWhatItMeansWhereToLookAndWhatToDo() throws IOException {
    String document = Files.readString(DOCUMENT);
    String alerts = document.substring(document.indexOf("\n## Alerts\n"));
    List<String> chapters = List.of(alerts.split("\n### "));
    assertThat(chapters).hasSizeGreaterThan(21);
    assertThat(chapters.subList(1, chapters.size()))
        .allSatisfy(chapter -> assertThat(chapter).contains("**Means**", "**Look at**", "**Do**"));
  }
}
