/** The file of one load as it is read: header, counts, rejects, progress. */
@NullMarked
package io.refdata.batch.load.intake;

import org.jspecify.annotations.NullMarked;
