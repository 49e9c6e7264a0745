package io.refdata.persistence.index.model;

/**
 * The definition of an index without names, in its parts, as {@code pg_get_indexdef} writes it:
 * {@code USING btree (a, b DESC) INCLUDE (c) WHERE (d > 0)}.
 *
 * @param method {@code btree}
 * @param keys {@code a, b DESC}
 * @param included {@code c}; empty if there is none
 * @param predicate {@code WHERE (d > 0)}; empty if there is none
 */
public record IndexForm(String method, String keys, String included, String predicate) {
  private static final String USING = "USING ";
  private static final String INCLUDE = " INCLUDE (";
  private static final String WHERE = " WHERE ";

  /** Takes a definition apart. */
  public static IndexForm parse(String form) {
    int open = form.indexOf('(');
    if (!form.startsWith(USING) || open < 0) {
      throw new IllegalArgumentException("not the form of an index: " + form);
    }
    int close = closing(form, open);
    String rest = form.substring(close + 1);
    String included = "";
    if (rest.startsWith(INCLUDE)) {
      int end = closing(rest, INCLUDE.length() - 1);
      included = rest.substring(INCLUDE.length(), end);
      rest = rest.substring(end + 1);
    }
    int where = rest.indexOf(WHERE);
    return new IndexForm(
        form.substring(USING.length(), open).strip(),
        form.substring(open + 1, close),
        included,
        where < 0 ? "" : rest.substring(where + 1));
  }

  /** The index of the parenthesis that closes the one at an index. */
  private static int closing(String text, int open) {
    int depth = 0;
    char quote = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("a parenthesis is open: " + text);
  }

  /** True if the model can have it at its length. */
  public boolean isBtree() {
    return method.equals("btree");
  }
}
