package io.refdata.api.request;

import io.refdata.api.problem.Problem;
import io.refdata.domain.revision.Revision;
import io.refdata.persistence.item.Past;
import io.refdata.persistence.revision.Revisions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameter {@code asOf}: asks for the state as of a past instant instead of the current one.
 * Of a dataset {@code knownAt} asks for what its provider had published by an instant, whenever it
 * was recorded here.
 */
@ApplicationScoped
public class AsOf {
  /** The name of the parameter. */
  public static final String NAME = "asOf";

  /** The name of the parameter that asks for what was published by an instant. */
  public static final String KNOWN_AT = "knownAt";

  /** RFC 3339. If the plus of an offset was not escaped in the URL, it arrives as a space. */
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[Tt](\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?)([Zz]|["
              + " +-]\\d\\d:\\d\\d)");

  /** The message about a text that is no instant. */
  public static final String EXPECTATION =
      "must be an instant like 2026-03-01T12:00:00.123456Z, to the microsecond at most, with its"
          + " offset";

  @Inject private Revisions revisions;

  /** The past state of the reference data that a request asks for; null for the current state. */
  public @Nullable Past of(UriInfo uri) {
    return of(uri.getQueryParameters());
  }

  /** The same by the parameters of a URL. */
  public @Nullable Past of(Map<String, List<String>> parameters) {
    List<String> values = parameters.getOrDefault(NAME, List.of());
    if (values.isEmpty()) {
      return null;
    }
    if (values.size() > 1) {
      throw Problem.parameter(NAME, "can be given once only");
    }
    Instant at = instant(values.get(0)).orElseThrow(() -> Problem.parameter(NAME, EXPECTATION));
    return new Past(revision(Revision.REFERENCE_DATA, at, NAME));
  }

  /**
   * The latest revision of a topic as of the instant in a parameter.
   *
   * @throws Problem if the instant is not past
   */
  public int revision(int topic, Instant at, String parameter) {
    return revisions
        .asOf(topic, at)
        .orElseThrow(() -> Problem.parameter(parameter, "must be in the past"));
  }

  /**
   * The revision of a dataset that was the latest recorded at one instant and published by another:
   * the lesser of the two revisions. What was recorded is settled first: then the answer never
   * changes.
   *
   * @param at the instant of {@code asOf}; null for now
   * @param knownAt the instant of {@code knownAt}; null for any
   * @return null for the current state
   * @throws Problem if one of them is not past
   */
  public @Nullable Integer revision(int dataset, @Nullable Instant at, @Nullable Instant knownAt) {
    Integer recorded = at == null ? null : revision(dataset, at, NAME);
    if (knownAt == null) {
      return recorded;
    }
    int known =
        revisions
            .knownAt(dataset, knownAt)
            .orElseThrow(() -> Problem.parameter(KNOWN_AT, "must be in the past"));
    return recorded == null ? known : Math.min(recorded, known);
  }

  /** The instant that the parameters of a URL ask for; null for now, or if it is none. */
  public static @Nullable Instant instant(Map<String, List<String>> parameters) {
    return parameters.getOrDefault(NAME, List.of()).stream()
        .findFirst()
        .flatMap(AsOf::instant)
        .orElse(null);
  }

  /** Adds a fault if the parameter is not an instant. */
  public static void check(Parameters parameters) {
    instant(parameters, NAME);
  }

  /** The instant in a parameter; null if it is missing, or not an instant, which is a fault. */
  public static @Nullable Instant instant(Parameters parameters, String name) {
    Optional<String> value = parameters.one(name);
    Optional<Instant> instant = value.flatMap(AsOf::instant);
    if (value.isPresent() && instant.isEmpty()) {
      parameters.fault(name, EXPECTATION);
    }
    return instant.orElse(null);
  }

  /** The instant of a text in RFC 3339; empty if the text is not an instant. */
  public static Optional<Instant> instant(String value) {
    Matcher form = FORM.matcher(value);
    if (!form.matches()) {
      return Optional.empty();
    }
    String offset = form.group(3).replace(' ', '+').replace('z', 'Z');
    try {
      return Optional.of(
          OffsetDateTime.parse(form.group(1) + "T" + form.group(2) + offset).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
