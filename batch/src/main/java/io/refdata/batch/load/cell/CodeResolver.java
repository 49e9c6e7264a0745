package io.refdata.batch.load.cell;

import io.refdata.batch.load.intake.RejectReasons;
import io.refdata.domain.item.value.Code;
import io.refdata.domain.layout.Source;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the texts of one source into codes of what they mean; each distinct text once. To be used
 * by several threads.
 */
public final class CodeResolver {
  private static final int MOST_REMEMBERED = 100_000;
  private static final int LONGEST_REMEMBERED = 256;

  private final String subject;
  private final Source source;
  private final CodeIndex known;
  private final boolean create;
  private final Map<String, Resolved> remembered = new HashMap<>();

  /**
   * @param name the dimension or property, for reject codes: {@code UNKNOWN_REGION}
   * @param create whether what is missing is made
   */
  public CodeResolver(String name, Source source, CodeIndex known, boolean create) {
    this.subject = RejectReasons.subject(name);
    this.source = source;
    this.known = known;
    this.create = create;
  }

  /** Whether what is missing is made. */
  public boolean creates() {
    return create;
  }

  public synchronized Resolved resolve(String text) {
    Resolved resolved = remembered.get(text);
    if (resolved == null) {
      resolved = find(text);
      if (remembered.size() < MOST_REMEMBERED && text.length() <= LONGEST_REMEMBERED) {
        remembered.put(text, resolved);
      }
    }
    return resolved;
  }

  private Resolved find(String text) {
    String mapped = source.map() == null ? null : source.map().get(text);
    if (mapped != null) {
      return byCode(mapped, text);
    } else if (source.byName()) {
      return byName(text);
    }
    return byCode("CODE".equals(source.as()) ? CodeFromName.as(text) : text, text);
  }

  private Resolved byCode(String code, String text) {
    if (known.has(code)) {
      return Resolved.of(code);
    } else if (create && Code.parse(code).isPresent()) {
      known.createWithCode(code, text);
      return Resolved.of(code);
    }
    return unknown(
        "%s has no item with the code '%s'".formatted(known, RejectReasons.quoted(code)));
  }

  private Resolved byName(String name) {
    Optional<String> code = known.codeOf(name);
    if (code.isPresent()) {
      return Resolved.of(code.get());
    } else if (create) {
      return Resolved.of(known.createWithName(name));
    }
    return unknown(
        "%s has no item with the name '%s'".formatted(known, RejectReasons.quoted(name)));
  }

  private Resolved unknown(String reason) {
    return Resolved.refused("UNKNOWN_" + subject, reason);
  }

  /** What refuses a line that does not say it. */
  public Resolved missing() {
    return Resolved.refused(
        "MISSING_" + subject, "the line has no " + subject.toLowerCase(Locale.ROOT));
  }
}
