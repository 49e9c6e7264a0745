/** Reads times in the forms in which files write them. */
@NullMarked
package io.refdata.batch.load.time;

import org.jspecify.annotations.NullMarked;
