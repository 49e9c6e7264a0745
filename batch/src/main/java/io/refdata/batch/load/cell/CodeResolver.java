package io.refdata.batch.load.cell;

import io.refdata.batch.load.intake.RejectReasons;
import io.refdata.domain.item.Item;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.layout.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Resolves the texts of one source to codes, each distinct text once. Several threads can use it.
 */
public final class CodeResolver {
  private static final int MAX_CACHED = 100_000;
  private static final int MAX_CACHED_LENGTH = 256;

  private final String subject;
  private final Source source;
  private final CodeIndex index;
  private final boolean create;
  private final DerivedCodes derived = new DerivedCodes();
  private final Map<String, Resolved> cached = new HashMap<>();

  /**
   * @param name the name of the dimension or property, for reject codes such as {@code
   *     UNKNOWN_REGION}
   * @param create whether missing items are created
   */
  public CodeResolver(String name, Source source, CodeIndex index, boolean create) {
    this.subject = RejectReasons.subject(name);
    this.source = source;
    this.index = index;
    this.create = create;
  }

  /** Whether missing items are created. */
  public boolean creates() {
    return create;
  }

  public synchronized Resolved resolve(String text) {
    Resolved resolved = cached.get(text);
    if (resolved == null) {
      resolved = find(text);
      if (cached.size() < MAX_CACHED && text.length() <= MAX_CACHED_LENGTH) {
        cached.put(text, resolved);
      }
    }
    return resolved;
  }

  private Resolved find(String text) {
    String mapped = source.mapped(text);
    if (mapped != null) {
      return byCode(mapped, text);
    } else if (source.match() != null) {
      return byProperty(source.match(), source.changed(text));
    } else if (source.asCode()) {
      return byDerivedCode(text);
    }
    String changed = source.changed(text);
    return byCode(changed, changed);
  }

  private Resolved byDerivedCode(String text) {
    String code = source.changed(CodeFromName.as(text));
    return madeFromOther(code, text)
        .or(() -> derived.other(code, text))
        .map(other -> new Resolved(null, DerivedCodes.ambiguous(text, code, other)))
        .orElseGet(() -> byCode(code, text));
  }

  private Optional<String> madeFromOther(String code, String text) {
    return text.equals(code)
        ? Optional.empty()
        : index.madeFrom(code).filter(name -> !DerivedCodes.same(name, text));
  }

  private Resolved byCode(String code, String text) {
    if (index.has(code)) {
      return Resolved.of(code);
    } else if (create && Code.parse(code).isPresent()) {
      return fits(text, () -> createWithCode(code, text));
    }
    return unknown(
        "%s has no item with the code '%s'".formatted(index, RejectReasons.quoted(code)));
  }

  private Resolved byProperty(String match, String text) {
    List<String> several = index.ambiguous(match, text);
    if (!several.isEmpty()) {
      return Resolved.rejected(
          "AMBIGUOUS_" + subject,
          "of %s several have the %s '%s': %s"
              .formatted(index, match, RejectReasons.quoted(text), String.join(", ", several)));
    }
    Optional<String> code = index.codeOf(match, text);
    if (code.isPresent()) {
      return Resolved.of(code.get());
    } else if (create && source.byName()) {
      return fits(text, () -> Resolved.of(index.createWithName(text)));
    }
    return unknown(
        "%s has no item with the %s '%s'".formatted(index, match, RejectReasons.quoted(text)));
  }

  private Resolved createWithCode(String code, String name) {
    index.createWithCode(code, name);
    return Resolved.of(code);
  }

  /** A new item, unless its name is too long. */
  private Resolved fits(String name, Supplier<Resolved> created) {
    return name.length() <= Item.LONGEST_NAME
        ? created.get()
        : Resolved.rejected("BAD_" + subject, RejectReasons.tooLongName(name));
  }

  private Resolved unknown(String reason) {
    return Resolved.unknown(subject, reason);
  }

  /** The reject of a line that has no text for this source. */
  public Resolved missing() {
    return Resolved.rejected(
        "MISSING_" + subject, "the line has no " + subject.toLowerCase(Locale.ROOT));
  }
}
