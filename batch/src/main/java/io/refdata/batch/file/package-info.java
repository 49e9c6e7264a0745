/**
 * Reads a file: unzips and decodes it, cuts it into blocks of complete lines, and splits lines into
 * fields.
 */
@NullMarked
package io.refdata.batch.file;

import org.jspecify.annotations.NullMarked;
