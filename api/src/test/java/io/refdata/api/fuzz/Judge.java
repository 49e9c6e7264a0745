package io.refdata.api.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether an answer is one that the description allows. */
final class Judge {
  static final String PROBLEM = "application/problem+json";

  /** The files of loads as they were sent, whatever is in them. */
  private static final String PAYLOAD = "/api/v1/loads/{id}/payload";

  /** Tells anybody who they are. */
  private static final String CALLER = "/api/v1/access/me";

  private static final JsonMapper JSON = new JsonMapper();

  /** The statuses that HTTP has for any request, whatever its operation. */
  private static final Set<Integer> OF_HTTP = Set.of(405, 406, 413, 414, 415, 431, 417);

  /** A name of a class, or a statement: none of a client's business, and in no request of ours. */
  private static final Pattern INNER =
      Pattern.compile(
          "(?:java|jakarta|org|com|io)\\.[a-z]+\\.[a-z]|Exception|select .{1,200} from |insert into"
              + " ");

  private final Description description;
  private final Callers callers;

  /**
   * @param callers who sends the requests
   */
  Judge(Description description, Callers callers) {
    this.description = description;
    this.callers = callers;
  }

  /** The fault of an answer, if it has one. */
  Optional<String> fault(Attempt attempt, Answer answer) {
    int status = answer.status();
    if (status == 0) {
      return attempt.broken() ? Optional.empty() : Optional.of("no answer");
    } else if (!answer.whole()) {
      return Optional.of(status + " was cut short");
    } else if (status == 503 && !answer.header("retry-after").isEmpty()) {
      return Optional.empty();
    } else if (status == 401 && answer.header("www-authenticate").isEmpty()) {
      return Optional.of("401 does not say how to authenticate");
    } else if (status >= 500 && !(status == 501 && attempt.operation() == null)) {
      return Optional.of("status " + status);
    }
    if (status < 400 && isClosed(attempt) && !callers.haveSent(attempt)) {
      return Optional.of(status + " for a stranger");
    }
    boolean bare = attempt.method().equals("HEAD");
    if (status >= 400) {
      Optional<String> fault = attempt.broken() ? Optional.empty() : problem(answer, bare);
      return fault.isPresent() ? fault : documented(attempt, status);
    }
    return attempt.operation() == null || attempt.broken()
        ? Optional.empty()
        : success(attempt.operation(), answer, bare);
  }

  private static boolean isClosed(Attempt attempt) {
    return attempt.operation() != null
        && attempt.target().startsWith("/api/v1/")
        && !attempt.operation().path().equals(CALLER);
  }

  private Optional<String> problem(Answer answer, boolean bare) {
    if (!answer.mediaType().equals(PROBLEM)) {
      return Optional.of(answer.status() + " is no problem but '" + answer.mediaType() + "'");
    } else if (bare) {
      return Optional.empty();
    }
    Optional<String> fault = json(answer.text(), description.problem());
    if (fault.isPresent()) {
      return Optional.of("the problem: " + fault.get());
    } else if (!answer.text().contains("\"status\":" + answer.status())) {
      return Optional.of("the problem has another status than " + answer.status());
    }
    return INNER.matcher(answer.text()).find()
        ? Optional.of("the problem tells what is inside")
        : Optional.empty();
  }

  private Optional<String> documented(Attempt attempt, int status) {
    return attempt.operation() == null
            || attempt.broken()
            || OF_HTTP.contains(status)
            || status == 401
            || status == 403
            || attempt.operation().answers().containsKey(Integer.toString(status))
        ? Optional.empty()
        : Optional.of("status " + status + " is not described");
  }

  private Optional<String> success(Operation operation, Answer answer, boolean bare) {
    String status = Integer.toString(answer.status());
    JsonNode described = operation.answers().get(status);
    if (described == null) {
      return Optional.of("status " + status + " is not described");
    }
    JsonNode content = described.path("content");
    String type = answer.mediaType();
    if (content.isEmpty() || answer.status() == 304) {
      return answer.body().length == 0 ? Optional.empty() : Optional.of(status + " has a body");
    } else if (!content.has(type)) {
      return Optional.of(status + " is '" + type + "', which is not described");
    } else if (bare) {
      return Optional.empty();
    } else if (type.equals("application/json")) {
      return json(answer.text(), description.schema(operation, status, type));
    }
    boolean made = !operation.path().equals(PAYLOAD);
    return type.equals("application/x-ndjson") && made ? lines(answer.text()) : Optional.empty();
  }

  private static Optional<String> json(String text, JsonSchema schema) {
    try {
      return schema.validate(JSON.readTree(text)).stream()
          .findFirst()
          .map(message -> "not as its schema has it: " + message.getMessage());
    } catch (JsonProcessingException e) {
      return Optional.of("is no JSON: " + e.getOriginalMessage());
    }
  }

  private static Optional<String> lines(String text) {
    for (String line : text.split("\n", -1)) {
      try {
        JSON.readTree(line);
      } catch (JsonProcessingException e) {
        return Optional.of("has a line that is no JSON: " + e.getOriginalMessage());
      }
    }
    return Optional.empty();
  }
}
