package io.refdata.domain.dataset;

import io.refdata.domain.item.value.Code;

/**
 * One axis of a dataset.
 *
 * @param code what it is called: {@code region}
 * @param values where its values are from: a collection ({@code regions}) or {@code
 *     code-lists/<code>}
 */
public record Dimension(Code code, String values) {
  private static final String CODE_LISTS = "code-lists/";

  /** Whether its values are the codes of a code list. */
  public boolean listed() {
    return values.startsWith(CODE_LISTS);
  }

  /** The code list its values are from; only if it is {@link #listed()}. */
  public Code list() {
    return new Code(values.substring(CODE_LISTS.length()));
  }
}
