package io.refdata.api.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import io.refdata.api.pattern.HostileTexts.Growing;
import io.refdata.api.pattern.MainClasses.Expression;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No text from outside can make an expression take more steps than a few for each character. */
class LinearPatternsTest {
  private static final int LENGTH = 200;

  /** Twice the text may take twice the steps, and some that do not grow; four times is a square. */
  private static final double MOST_GROWTH = 2.6;

  private static final int NOISE = 300;

  /** Methods whose expression is no constant that could be looked at. */
  private static final Map<Class<?>, Set<String>> HIDDEN =
      Map.of(
          String.class, Set.of("matches", "replaceAll", "replaceFirst"),
          Pattern.class, Set.of("matches"));

  /** One character, which is no expression: it is looked for as it is. */
  private static final Pattern PLAIN_SPLIT =
      Pattern.compile("\\.split\\(\\s*+\"(?:[^\\\\\"\\[(){.*+?^$|]|\\\\\\\\[.|])\"");

  private static final Pattern SPLIT = Pattern.compile("\\.split(?:AsStream|WithDelimiters)?+\\(");

  static List<Expression> expressions() {
    return MainClasses.expressions();
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void twiceTheTextTakesTwiceTheSteps(Expression expression) {
    for (Growing text : HostileTexts.of(expression.pattern().pattern())) {
      long steps = steps(expression, text.of(LENGTH));
      assertThat(steps(expression, text.of(2 * LENGTH)))
          .as("steps for twice '%s…'", text.of(12))
          .isLessThanOrEqualTo((long) (MOST_GROWTH * steps) + NOISE);
    }
  }

  /** The test itself: these are what the platform once had. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(\\d+)\\.0+",
        "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?",
        "\\s*(W/)?\"([^\"]*)\"\\s*(,|$)",
        "\\s*;\\s*q=",
        "^_+|_+$",
        "\\s*\\R\\s*"
      })
  void whatGoesBackAndForthIsFound(String expression) {
    Expression wrong = new Expression("", Pattern.compile(expression), true);
    assertThat(HostileTexts.of(expression))
        .anyMatch(
            text ->
                steps(wrong, text.of(2 * LENGTH))
                    > MOST_GROWTH * steps(wrong, text.of(LENGTH)) + NOISE);
  }

  @Test
  void thereAreExpressionsToLookAt() {
    assertThat(expressions()).hasSizeGreaterThan(15);
  }

  @Test
  void everyExpressionIsAConstant() {
    assertThat(
            MainClasses.ALL.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(LinearPatternsTest::hidesAnExpression)
                .map(JavaAccess::getDescription))
        .isEmpty();
  }

  private static boolean hidesAnExpression(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    JavaClass owner = target.getOwner();
    if (owner.isEquivalentTo(Scanner.class)) {
      return true;
    } else if (owner.isEquivalentTo(Pattern.class) && target.getName().equals("compile")) {
      return !access.getOrigin().getName().equals("<clinit>");
    }
    return HIDDEN.entrySet().stream()
        .anyMatch(
            hidden ->
                owner.isEquivalentTo(hidden.getKey())
                    && hidden.getValue().contains(target.getName()));
  }

  @Test
  void textsAreDividedAtOneCharacter() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".java"))
                  .filter(file -> file.toString().contains("/src/main/"))
                  .flatMap(LinearPatternsTest::otherSplits))
          .isEmpty();
    }
  }

  /** Undertow's predicates look for an expression from each character on. */
  @Test
  void theServersOwnRulesHaveNoExpressions() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
      List<Path> rules =
          files
              .filter(Files::isRegularFile)
              .filter(file -> file.toString().endsWith(".cli") || file.toString().endsWith(".conf"))
              .toList();
      assertThat(rules).isNotEmpty();
      for (Path file : rules) {
        assertThat(Files.readString(file)).as("%s", file).doesNotContain("regex(", "regex[");
      }
    }
  }

  private static Stream<String> otherSplits(Path file) {
    try {
      String source = Files.readString(file);
      return SPLIT
          .matcher(source)
          .results()
          .map(
              found ->
                  source.substring(found.start(), Math.min(source.length(), found.start() + 30)))
          .filter(call -> !PLAIN_SPLIT.matcher(call).lookingAt())
          .map(call -> file + ": " + call);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long steps(Expression expression, String text) {
    CountedText counted = new CountedText(text);
    expression.pattern().matcher(counted).matches();
    if (expression.searched()) {
      Matcher search = expression.pattern().matcher(counted);
      while (search.find()) {
        // on to the next
      }
    }
    return counted.looks();
  }
}
