/** The care of the database: the tasks, when they run, and the record of each step. */
@NullMarked
package io.refdata.persistence.upkeep;

import org.jspecify.annotations.NullMarked;
