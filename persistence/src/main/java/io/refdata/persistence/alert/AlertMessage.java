package io.refdata.persistence.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.refdata.persistence.json.Json;
import io.refdata.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages to receivers about alerts: webhooks get the body of Alertmanager's webhooks in its
 * version "4", Alertmanager that of the second version of its API.
 */
public final class AlertMessage {
  private static final String ADDRESS = Setting.ALERTS_ADDRESS.text();
  private static final String RUNBOOKS = Setting.RUNBOOKS.text();
  private static final int MOST_BYTES = (int) Setting.ALERTS_BODY.number();

  /** The number of characters that are left of a reason if a body would be too long. */
  private static final int SHORT_REASON = 100;

  /** When an alert ends that is open, as Alertmanager's webhooks say it. */
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private AlertMessage() {}

  /** Where to read what to do about an alert. */
  public static String runbook(String rule) {
    return RUNBOOKS + "#" + rule.toLowerCase(Locale.ROOT);
  }

  /**
   * The body for a receiver.
   *
   * @param told the severity that receivers were told before; NONE if they were not
   */
  public static String body(Receiver receiver, Alert alert, Severity told) {
    String body = bodyOfAnyLength(receiver, alert, told);
    if (bytes(body) <= MOST_BYTES || alert.reason().length() <= SHORT_REASON) {
      return body;
    }
    return bodyOfAnyLength(
        receiver, alert.because(alert.reason().substring(0, SHORT_REASON)), told);
  }

  private static String bodyOfAnyLength(Receiver receiver, Alert alert, Severity told) {
    return receiver.kind() == Receiver.Kind.WEBHOOK
        ? text(webhook(alert))
        : text(alertmanager(alert, told));
  }

  private static ObjectNode webhook(Alert alert) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    String status = alert.closed() == null ? "firing" : "resolved";
    body.put("version", "4");
    body.put("groupKey", "{}:{" + Alert.RULE + "=\"" + alert.rule() + "\"}/" + alert.fingerprint());
    body.put("truncatedAlerts", 0);
    body.put("status", status);
    body.put("receiver", "refdata");
    put(body.putObject("groupLabels"), Map.of(Alert.RULE, alert.rule()));
    put(body.putObject("commonLabels"), alert.allLabels());
    annotate(body.putObject("commonAnnotations"), alert);
    body.put("externalURL", ADDRESS);
    ObjectNode one = body.putArray("alerts").addObject();
    one.put("status", status);
    describe(one, alert);
    one.put("endsAt", alert.closed() == null ? NEVER : alert.closed().toString());
    one.put("fingerprint", alert.fingerprint());
    return body;
  }

  /** For Alertmanager, another severity is another alert: the one that it was told of ends. */
  private static ArrayNode alertmanager(Alert alert, Severity told) {
    ArrayNode body = Json.MAPPER.createArrayNode();
    if (told != Severity.NONE && told != alert.severity()) {
      Alert before = alert.as(told);
      describe(body.addObject(), before).put("endsAt", alert.seen().toString());
    }
    // While it is open, the sender says until when: see until().
    ObjectNode now = describe(body.addObject(), alert);
    if (alert.closed() != null) {
      now.put("endsAt", alert.closed().toString());
    }
    return body;
  }

  /** The body of an Alertmanager at the moment of sending: open alerts hold until an instant. */
  public static String until(String body, Instant end) {
    try {
      ArrayNode alerts = (ArrayNode) Json.MAPPER.readTree(body);
      alerts.forEach(
          alert -> {
            if (!alert.has("endsAt")) {
              ((ObjectNode) alert).put("endsAt", end.toString());
            }
          });
      return text(alerts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Bodies that tell Alertmanagers again of open alerts, each within the bound of a body. */
  public static List<String> repeated(List<Alert> open, Instant end) {
    List<String> bodies = new ArrayList<>();
    ArrayNode alerts = Json.MAPPER.createArrayNode();
    int length = 0;
    for (Alert alert : open) {
      ObjectNode one = Json.MAPPER.createObjectNode();
      describe(one, alert).put("endsAt", end.toString());
      int more = bytes(text(one)) + 1;
      if (length + more > MOST_BYTES && !alerts.isEmpty()) {
        bodies.add(text(alerts));
        alerts = Json.MAPPER.createArrayNode();
        length = 0;
      }
      alerts.add(one);
      length += more;
    }
    if (!alerts.isEmpty()) {
      bodies.add(text(alerts));
    }
    return bodies;
  }

  private static ObjectNode describe(ObjectNode node, Alert alert) {
    put(node.putObject("labels"), alert.allLabels());
    annotate(node.putObject("annotations"), alert);
    node.put("startsAt", alert.opened().toString());
    node.put("generatorURL", ADDRESS + alert.look());
    return node;
  }

  private static void annotate(ObjectNode node, Alert alert) {
    node.put("summary", alert.reason());
    node.put("value", Double.toString(alert.value()));
    node.put("runbook_url", runbook(alert.rule()));
  }

  private static void put(ObjectNode node, Map<String, String> labels) {
    labels.forEach(node::put);
  }

  private static int bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String text(@Nullable Object tree) {
    try {
      return Json.MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
