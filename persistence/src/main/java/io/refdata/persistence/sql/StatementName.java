package io.refdata.persistence.sql;

import org.jspecify.annotations.Nullable;

/**
 * The name of a kind of statement: the class and the method that send it, as in {@code
 * ItemRows.page}. It stands in a comment after the first keyword, <code>
 * select /&#42; ItemRows.page &#42;/ …</code>. There it reaches {@code pg_stat_statements} and
 * {@code pg_stat_activity}, which do not keep a comment before the statement.
 */
public final class StatementName {
  private static final String OPEN = " /* ";
  private static final String CLOSE = " */";

  /** The end of a statement that others follow. */
  private static final String NEXT = ";\n";

  /** A lambda in a lambda has it twice. */
  private static final String LAMBDA = "lambda$";

  private static final String OURS = "io.refdata.";
  private static final String DOOR = StatementName.class.getPackageName() + ".";
  private static final String BUILDER = "io.refdata.persistence.item.query.Sql";
  private static final StackWalker STACK = StackWalker.getInstance();

  private StatementName() {}

  /** The text with the name in each of its statements; they are separated by {@code ;\n}. */
  public static String tag(String sql, String name) {
    StringBuilder tagged = new StringBuilder(sql.length() + name.length() + 8);
    int begin = 0;
    while (begin < sql.length()) {
      int next = sql.indexOf(NEXT, begin);
      int end = next < 0 ? sql.length() : next + NEXT.length();
      int keyword = endOfKeyword(sql, begin);
      // Not by append(sql, begin, end), which copies character by character.
      tagged.append(sql.substring(begin, Math.min(keyword, end)));
      if (keyword < end) {
        tagged.append(OPEN).append(name).append(CLOSE).append(sql.substring(keyword, end));
      }
      begin = end;
    }
    return tagged.toString();
  }

  /** The name in a text; null if it has none. */
  public static @Nullable String in(String sql) {
    int keyword = endOfKeyword(sql, 0);
    if (!sql.startsWith(OPEN, keyword)) {
      return null;
    }
    int begin = keyword + OPEN.length();
    int end = sql.indexOf(CLOSE, begin);
    return end < 0 ? null : sql.substring(begin, end);
  }

  private static int endOfKeyword(String sql, int begin) {
    int i = begin;
    while (i < sql.length() && (Character.isWhitespace(sql.charAt(i)) || sql.charAt(i) == '(')) {
      i++;
    }
    while (i < sql.length() && Character.isLetter(sql.charAt(i))) {
      i++;
    }
    return i;
  }

  /**
   * The name for a statement that is being sent: the nearest method on the stack that is not one of
   * those that all statements go through. It takes some microseconds, so it is only for texts that
   * are seen for the first time.
   */
  static String ofCaller() {
    return STACK.walk(
        frames ->
            frames
                .filter(frame -> sends(frame.getClassName()))
                .findFirst()
                .map(frame -> name(frame.getClassName(), frame.getMethodName()))
                .orElse("unknown"));
  }

  private static boolean sends(String type) {
    return type.startsWith(OURS) && !type.startsWith(DOOR) && !type.equals(BUILDER);
  }

  /** Nested classes have the name of the outermost, lambdas that of the method they stand in. */
  static String name(String type, String method) {
    String simple = type.substring(type.lastIndexOf('.') + 1);
    int nested = simple.indexOf('$');
    return (nested < 0 ? simple : simple.substring(0, nested)) + "." + plain(method);
  }

  private static String plain(String method) {
    int begin = 0;
    while (method.startsWith(LAMBDA, begin)) {
      begin += LAMBDA.length();
    }
    if (begin > 0) {
      return plain(method.substring(begin, method.indexOf('$', begin)));
    }
    return switch (method) {
      case "<init>", "new", "static", "<clinit>" -> "create";
      default -> method;
    };
  }
}
