package io.refdata.api.request;

import io.refdata.api.problem.Problem;
import io.refdata.persistence.reference.Past;
import io.refdata.persistence.revision.Revisions;
import io.refdata.revision.Revision;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameter {@code asOf}: what was known at an instant, instead of what is known now. */
@ApplicationScoped
public class AsOf {
  /** Its name. */
  public static final String NAME = "asOf";

  /** RFC 3339; the plus of an offset that was not escaped arrives as a space. */
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)[Tt](\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?)([Zz]|["
              + " +-]\\d\\d:\\d\\d)");

  private static final String EXPECTATION =
      "must be an instant like 2026-03-01T12:00:00.123456Z, to the microsecond at most, with its"
          + " offset";

  @Inject private Revisions revisions;

  /** The past state of the reference data that a request asks for; null for what is known now. */
  public @Nullable Past of(UriInfo uri) {
    List<String> values = uri.getQueryParameters().getOrDefault(NAME, List.of());
    if (values.isEmpty()) {
      return null;
    }
    if (values.size() > 1) {
      throw Problem.parameter(NAME, "can be given once only");
    }
    Instant at = instant(values.get(0)).orElseThrow(() -> Problem.parameter(NAME, EXPECTATION));
    int revision =
        revisions
            .asOf(Revision.REFERENCE_DATA, at)
            .orElseThrow(() -> Problem.parameter(NAME, "must be past; the future is not known"));
    return new Past(revision);
  }

  /** Faults the parameter if it is no instant. */
  public static void check(Parameters parameters) {
    parameters
        .one(NAME)
        .filter(value -> instant(value).isEmpty())
        .ifPresent(value -> parameters.fault(NAME, EXPECTATION));
  }

  static Optional<Instant> instant(String value) {
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
