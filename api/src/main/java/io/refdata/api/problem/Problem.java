package io.refdata.api.problem;

import java.util.List;

/** A request is refused; becomes the answer wherever it is thrown. */
public class Problem extends RuntimeException {
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
    private static final int LONGEST_PLACE = 200;
    private static final int LONGEST_DETAIL = 2_000;

    /** What is long is cut: it is what the client sent. */
    public Error {
      where = cut(where, LONGEST_PLACE);
      detail = cut(detail, LONGEST_DETAIL);
    }

    private static String cut(String text, int longest) {
      return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }

    public static Error parameter(String name, String detail) {
      return new Error("parameter", name, detail);
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

  /** All that is wrong with a request, at once. */
  public static Problem invalid(List<Error> errors) {
    String detail =
        errors.size() == 1
            ? errors.get(0).where() + ": " + errors.get(0).detail()
            : errors.size() + " faults; see errors.";
    return new Problem(ProblemType.INVALID, detail, errors);
  }

  /** A parameter that is wrong. */
  public static Problem parameter(String name, String detail) {
    return invalid(List.of(Error.parameter(name, detail)));
  }

  public static Problem notFound(String what) {
    return new Problem(ProblemType.NOT_FOUND, what);
  }

  public ProblemType type() {
    return type;
  }

  public List<Error> errors() {
    return errors;
  }
}
