package io.refdata.persistence.layout;

import io.refdata.domain.layout.FileForm;
import io.refdata.domain.layout.LayoutDefinition;
import io.refdata.domain.layout.Source;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks that what a layout says of the file as a whole makes sense together. */
final class FormChecks {
  private static final Pattern COLUMN_NUMBER = Pattern.compile("[1-9]\\d{0,5}");
  private static final String LINE_ENDS = "\r\n";

  private final LayoutDefinition definition;
  private final FileForm form;
  private final BiConsumer<String, String> faults;

  /**
   * @param faults takes a pointer and a description of the fault there
   */
  FormChecks(LayoutDefinition definition, BiConsumer<String, String> faults) {
    this.definition = definition;
    this.form = definition.form();
    this.faults = faults;
  }

  void check(Map<String, Source> sources) {
    delimiter();
    character("/quote", form.quote());
    character("/escape", form.escape());
    character("/comment", form.comment());
    together();
    csvOnly();
    numbers();
    columns();
    if (!form.header()) {
      columnNumbers(sources);
    }
    if (form.encoding() != null && !supported(form.encoding())) {
      faults.accept("/encoding", "must be a character set like UTF-8, ISO-8859-1 or windows-1252");
    }
  }

  private void delimiter() {
    String delimiter = form.delimiter();
    if (delimiter == null || form.spaces()) {
      return;
    }
    if (delimiter.length() != 1 || LINE_ENDS.contains(delimiter)) {
      faults.accept(
          "/delimiter",
          "must be one character and no line end, or \" +\" for a run of spaces, not '%s'"
              .formatted(delimiter));
    }
  }

  private void character(String pointer, @Nullable String text) {
    if (text != null && (text.length() > 1 || LINE_ENDS.contains(text) && !text.isEmpty())) {
      faults.accept(pointer, "must be one character and no line end");
    }
  }

  private void together() {
    char separator = form.spaces() ? ' ' : firstOf(form.delimiter(), ',');
    if (form.escape() != null && form.quoteSign() == FileForm.NONE) {
      faults.accept("/escape", "means nothing without quotes");
    } else if (form.escape() != null
        && (form.escapeSign() == form.quoteSign() || form.escapeSign() == separator)) {
      faults.accept("/escape", "must differ from the quote and the delimiter");
    }
    if (!form.spaces() && form.quoteSign() == separator) {
      faults.accept(
          form.quote() == null ? "/delimiter" : "/quote",
          "the quote and the delimiter must differ");
    }
    if (form.spaces() && form.quote() != null && !form.quote().isEmpty()) {
      faults.accept("/quote", "means nothing here: a file with runs of spaces has no quotes");
    }
    if (form.comment() != null
        && (form.commentSign() == form.quoteSign() || form.commentSign() == separator)) {
      faults.accept("/comment", "must differ from the quote and the delimiter");
    }
  }

  private static char firstOf(@Nullable String text, char otherwise) {
    return text == null || text.isEmpty() ? otherwise : text.charAt(0);
  }

  private void csvOnly() {
    if (!form.json()) {
      return;
    }
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put("/delimiter", form.delimiter() != null);
    given.put("/quote", form.quote() != null);
    given.put("/escape", form.escape() != null);
    given.put("/skip", form.skip() > 0);
    given.put("/header", !form.header());
    given.put("/comment", form.comment() != null);
    given.put("/stopAt", form.stopAt() != null);
    given.put("/shortLines", form.shortLines());
    given.forEach(
        (pointer, there) -> {
          if (there) {
            faults.accept(pointer, "is for CSV; lines of JSON have it not");
          }
        });
  }

  private void numbers() {
    String thousands = definition.thousands();
    if (thousands != null) {
      thousands("/thousands", thousands, definition, faults);
    }
  }

  /** Checks a sign between groups of digits. */
  static void thousands(
      String pointer,
      String thousands,
      LayoutDefinition definition,
      BiConsumer<String, String> faults) {
    if (thousands.length() != 1 || Character.isLetterOrDigit(thousands.charAt(0))) {
      faults.accept(pointer, "must be one character, no letter and no digit");
    } else if (thousands.charAt(0) == definition.decimalSign()) {
      faults.accept(pointer, "must differ from the decimal sign");
    } else if ("+-".contains(thousands)) {
      faults.accept(pointer, "must not be a sign of the number");
    }
  }

  private void columns() {
    definition
        .ignored()
        .forEach(
            (column, texts) -> {
              if (texts.isEmpty()) {
                faults.accept(
                    LayoutChecks.pointer("ignore", column), "must have at least one text");
              }
            });
    if (definition.ignore() != null && definition.ignore().isEmpty()) {
      faults.accept("/ignore", "must name at least one column");
    }
    if (definition.fill() != null && definition.fill().isEmpty()) {
      faults.accept("/fill", "must name at least one column");
    }
  }

  /** In a file without a header a column is its number. */
  private void columnNumbers(Map<String, Source> sources) {
    sources.forEach(
        (pointer, source) -> {
          columnNumbers(
              pointer + (source.columns() == null ? "/column" : "/columns"), source.columnNames());
          if (source.fromHeader()) {
            faults.accept(pointer + "/header", "is not there: the file has no header");
          }
        });
    columnNumbers("/ignore", definition.ignored().keySet());
    columnNumbers("/fill", definition.filled());
    if (definition.values() != null) {
      faults.accept("/values", "means nothing here: the file has no header");
    }
  }

  private void columnNumbers(String pointer, Collection<String> names) {
    names.stream()
        .filter(name -> !COLUMN_NUMBER.matcher(Objects.requireNonNull(name)).matches())
        .findFirst()
        .ifPresent(
            name ->
                faults.accept(
                    pointer,
                    "has the column '%s': without a header a column is a number from 1"
                        .formatted(name)));
  }

  private static boolean supported(String charset) {
    try {
      return Charset.isSupported(charset);
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }
}
