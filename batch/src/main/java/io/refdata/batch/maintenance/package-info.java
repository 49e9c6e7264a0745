/** Runs the tasks that look after the database when they are due. */
@NullMarked
package io.refdata.batch.maintenance;

import org.jspecify.annotations.NullMarked;
