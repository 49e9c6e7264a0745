/** Loads: a file on disk becomes rows in staging, then one committed transaction. */
@NullMarked
package io.refdata.batch.load;

import org.jspecify.annotations.NullMarked;
