package io.refdata.batch.file;

import java.util.Set;

/**
 * Complete lines of a file, or the beginning of one line that is too long to be read.
 *
 * @param number the number of the block in the file, from 0
 * @param chars the lines, from the first character on
 * @param length the number of characters
 * @param firstLine the number of the block's first line in the file, from 1
 * @param unbalanced the first lines of records in which a quote closes on a later line, and not at
 *     the end of the field: it is more likely that it opens there, and that the record is several
 * @param cut true if the block is the beginning of one line that is too long; the rest of that line
 *     is dropped
 * @param several true if the line that is too long goes on over line ends, between quotes
 */
public record Block(
    long number,
    char[] chars,
    int length,
    long firstLine,
    Set<Long> unbalanced,
    boolean cut,
    boolean several) {
  public Block {
    unbalanced = Set.copyOf(unbalanced);
  }

  /** The beginning of a line that is too long, when it is known which line of the file is next. */
  Block upTo(long nextLine) {
    return new Block(number, chars, length, firstLine, unbalanced, cut, nextLine > firstLine + 1);
  }
}
