package io.refdata.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text that a page asks for is there in every language. */
class ConsoleTextsTest {
  private static final Path CONSOLE = Path.of("src/main/webapp/console");
  private static final Pattern TEXT =
      Pattern.compile("^ {2}'([^']+)': '(.*)',$", Pattern.MULTILINE);
  private static final Pattern ASKED = Pattern.compile("\\bt\\('([^']+)'");
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

  private static Map<String, String> texts(String language) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    String file = Files.readString(CONSOLE.resolve("texts/" + language + ".js"));
    for (Matcher found = TEXT.matcher(file); found.find(); ) {
      assertThat(texts.put(found.group(1), found.group(2))).as(found.group(1)).isNull();
    }
    return texts;
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  @Test
  void everyTextIsThereInEachLanguageAndNamesTheSame() throws IOException {
    Map<String, String> english = texts("en");
    Map<String, String> german = texts("de");
    assertThat(german).hasSizeGreaterThan(100).containsOnlyKeys(english.keySet());
    english.forEach(
        (key, text) ->
            assertThat(names(german.getOrDefault(key, ""))).as(key).isEqualTo(names(text)));
  }

  @Test
  void noPageAsksForATextThatIsNotThere() throws IOException {
    Set<String> asked = new TreeSet<>();
    try (Stream<Path> files = Files.walk(CONSOLE.resolve("js"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        ASKED.matcher(Files.readString(file)).results().forEach(found -> asked.add(found.group(1)));
      }
    }
    assertThat(asked).hasSizeGreaterThan(100).isSubsetOf(texts("en").keySet());
  }
}
