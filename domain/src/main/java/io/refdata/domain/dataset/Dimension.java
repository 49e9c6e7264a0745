package io.refdata.domain.dataset;

import io.refdata.domain.item.value.Code;

/**
 * One axis of a dataset.
 *
 * @param code its name: {@code region}
 * @param values the source of its values: a collection ({@code regions}) or {@code
 *     code-lists/<code>}
 */
public record Dimension(Code code, String values) {
  private static final String CODE_LISTS = "code-lists/";

  /** True if its values are the codes of a code list. */
  public boolean listed() {
    return values.startsWith(CODE_LISTS);
  }

  /** The code list of its values. To be called only if it is {@link #listed()}. */
  public Code list() {
    return new Code(values.substring(CODE_LISTS.length()));
  }
}
