package io.refdata.api.access.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.api.problem.Problem;
import io.refdata.domain.item.fault.Fault;
import io.refdata.persistence.json.Members;
import io.refdata.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that an operator wants to end.
 *
 * @param subject null if it is one token
 * @param jti null if they are of a subject
 * @param reason null if none is given
 */
record EndingBody(@Nullable String subject, @Nullable String jti, @Nullable String reason) {
  private static final int LONGEST = (int) Setting.ACCESS_NAME_CHARACTERS.number();
  private static final String SUBJECT = "subject";
  private static final String JTI = "jti";
  private static final String REASON = "reason";

  /**
   * Reads a body.
   *
   * @throws Problem if there are faults; it names them all
   */
  static EndingBody parse(JsonNode body) {
    List<Fault> faults = new ArrayList<>();
    Members members = Members.of(body, faults);
    Optional<String> subject = bounded(members, SUBJECT);
    Optional<String> jti = bounded(members, JTI);
    Optional<String> reason = bounded(members, REASON);
    members.end();
    if (faults.isEmpty() && subject.isPresent() == jti.isPresent()) {
      faults.add(new Fault("/" + SUBJECT, "must be there, or jti, and not both"));
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(
          faults.stream()
              .map(fault -> Problem.Error.pointer(fault.pointer(), fault.detail()))
              .toList());
    }
    return new EndingBody(subject.orElse(null), jti.orElse(null), reason.orElse(null));
  }

  private static Optional<String> bounded(Members members, String name) {
    Optional<String> text = members.filledText(name);
    if (text.isPresent() && text.get().length() > LONGEST) {
      members.fault(name, "must have at most " + LONGEST + " characters");
    }
    return text;
  }
}
