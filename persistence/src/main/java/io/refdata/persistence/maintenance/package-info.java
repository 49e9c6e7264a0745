/**
 * The upkeep of the database: fresh statistics, tables without dead rows, indexes without bloat,
 * and an end for records that are old.
 */
@NullMarked
package io.refdata.persistence.maintenance;

import org.jspecify.annotations.NullMarked;
