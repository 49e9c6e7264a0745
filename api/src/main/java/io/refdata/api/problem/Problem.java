package io.refdata.api.problem;

import io.refdata.domain.derivation.UnansweredQuestion;
import java.util.List;

/** The refusal of a request. Wherever it is thrown, it becomes the response. */
public class Problem extends RuntimeException {
  private static final String PARAMETER = "parameter";

  private final ProblemType type;
  private final transient List<Error> errors;

  /**
   * One fault of a request.
   *
   * @param kind {@code pointer} (a JSON pointer into the body) or {@code parameter}
   * @param where the pointer, or the parameter's name
   * @param detail what is wrong
   */
  public record Error(String kind, String where, String detail) {
    private static final int MAX_WHERE = 200;
    private static final int MAX_DETAIL = 2_000;

    /** Long texts are cut, because they come from the client. */
    public Error {
      where = cut(where, MAX_WHERE);
      detail = cut(detail, MAX_DETAIL);
    }

    private static String cut(String text, int maxLength) {
      return text.length() <= maxLength ? text : text.substring(0, maxLength) + "…";
    }

    public static Error parameter(String name, String detail) {
      return new Error(PARAMETER, name, detail);
    }

    public static Error pointer(String pointer, String detail) {
      return new Error("pointer", pointer, detail);
    }
  }

  public Problem(ProblemType type, String detail) {
    this(type, detail, List.of());
  }

  public Problem(ProblemType type, String detail, List<Error> errors) {
    super(detail);
    this.type = type;
    this.errors = List.copyOf(errors);
  }

  /** All faults of a request in one problem. */
  public static Problem invalid(List<Error> errors) {
    return of(ProblemType.INVALID, errors);
  }

  /** All faults of a request in one problem of a type. */
  public static Problem of(ProblemType type, List<Error> errors) {
    String detail =
        errors.size() == 1
            ? errors.get(0).where() + ": " + errors.get(0).detail()
            : errors.size() + " faults; see errors.";
    return new Problem(type, detail, errors);
  }

  /** The problem of one wrong parameter. */
  public static Problem parameter(String name, String detail) {
    return invalid(List.of(Error.parameter(name, detail)));
  }

  /** The same failure of a question in a body: a parameter at fault is a member of the body. */
  public static RuntimeException ofBody(RuntimeException failure) {
    if (failure instanceof UnansweredQuestion question) {
      return ofBody(parameter(question.parameter(), String.valueOf(question.getMessage())));
    } else if (failure instanceof Problem problem) {
      List<Error> members =
          problem.errors.stream()
              .map(
                  error ->
                      error.kind().equals(PARAMETER)
                          ? Error.pointer("/" + error.where(), error.detail())
                          : error)
              .toList();
      return new Problem(problem.type, String.valueOf(problem.getMessage()), members);
    }
    return failure;
  }

  public static Problem notFound(String detail) {
    return new Problem(ProblemType.NOT_FOUND, detail);
  }

  public ProblemType type() {
    return type;
  }

  public List<Error> errors() {
    return errors;
  }
}
