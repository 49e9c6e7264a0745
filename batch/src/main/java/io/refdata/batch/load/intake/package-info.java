/** Reads the file of one load: header, counts, rejects and progress. */
@NullMarked
package io.refdata.batch.load.intake;

import org.jspecify.annotations.NullMarked;
