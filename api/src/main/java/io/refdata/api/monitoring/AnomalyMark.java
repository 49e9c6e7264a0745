package io.refdata.api.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.refdata.domain.item.fault.Fault;
import io.refdata.domain.item.fault.InvalidItem;
import io.refdata.persistence.json.Members;
import io.refdata.persistence.quality.Anomaly.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mark of an anomaly by a client.
 *
 * @param reason why the value is right; null if the anomaly is to be open again
 */
record AnomalyMark(State state, @Nullable String reason) {
  private static final int MAX_REASON = 1_000;

  /**
   * Parses a body.
   *
   * @throws InvalidItem that names every invalid member
   */
  static AnomalyMark parse(JsonNode body) {
    List<Fault> faults = new ArrayList<>();
    Members members = Members.of(body, faults);
    members.require("state");
    State state = members.oneOf("state", State.class).orElse(State.OPEN);
    String reason = members.filledText("reason").orElse(null);
    if (state == State.RIGHT) {
      members.require("reason");
    } else if (reason != null && body.path("state").asText().equals(State.OPEN.name())) {
      members.fault("reason", "is only for the state RIGHT");
    }
    if (reason != null && reason.length() > MAX_REASON) {
      members.fault("reason", "must not be longer than " + MAX_REASON + " characters");
    }
    members.end();
    if (!faults.isEmpty()) {
      throw new InvalidItem(faults);
    }
    return new AnomalyMark(state, reason);
  }
}
