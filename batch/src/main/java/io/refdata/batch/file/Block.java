package io.refdata.batch.file;

/**
 * Some whole lines of a file, or the beginning of one that is too long to be read.
 *
 * @param number its place among the blocks of the file, from 0
 * @param chars the lines, from the first character on
 * @param length how many characters they are
 * @param firstLine the number of its first line in the file, from 1
 * @param cut whether it is the beginning of one line whose rest was thrown away
 */
public record Block(long number, char[] chars, int length, long firstLine, boolean cut) {}
