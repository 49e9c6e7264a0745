/** The job of a load: its steps, its start, its recovery. */
@NullMarked
package io.refdata.batch.load;

import org.jspecify.annotations.NullMarked;
