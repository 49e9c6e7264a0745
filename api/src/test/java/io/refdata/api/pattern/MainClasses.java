package io.refdata.api.pattern;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The expressions of all modules' main code. */
final class MainClasses {
  /** The methods that begin to match anywhere in a text, not only where it begins. */
  private static final Set<String> SEARCHES =
      Set.of("find", "replaceAll", "replaceFirst", "results", "hitEnd");

  static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.refdata");

  private MainClasses() {}

  /**
   * An expression.
   *
   * @param place where it stands
   * @param searched whether it may be looked for anywhere in a text
   */
  record Expression(String place, Pattern pattern, boolean searched) {
    @Override
    public String toString() {
      return place + " " + pattern;
    }
  }

  /** All that are constants, and those that fields of entities must match. */
  static List<Expression> expressions() {
    List<Expression> expressions = new ArrayList<>();
    for (JavaClass type : ALL) {
      for (JavaField field : type.getFields()) {
        Pattern pattern = pattern(field);
        if (pattern != null) {
          expressions.add(new Expression(field.getFullName(), pattern, searches(type)));
        }
      }
    }
    return expressions;
  }

  private static @Nullable Pattern pattern(JavaField field) {
    if (field.isAnnotatedWith(jakarta.validation.constraints.Pattern.class)) {
      return Pattern.compile(
          field.getAnnotationOfType(jakarta.validation.constraints.Pattern.class).regexp());
    } else if (!field.getRawType().isEquivalentTo(Pattern.class)
        || !field.getModifiers().contains(JavaModifier.STATIC)) {
      return null;
    }
    try {
      Field reflected = field.reflect();
      reflected.setAccessible(true);
      return (Pattern) reflected.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean searches(JavaClass type) {
    return type.getMethodCallsFromSelf().stream()
        .map(JavaMethodCall::getTarget)
        .filter(target -> target.getOwner().isEquivalentTo(Matcher.class))
        .anyMatch(target -> SEARCHES.contains(target.getName()));
  }
}
