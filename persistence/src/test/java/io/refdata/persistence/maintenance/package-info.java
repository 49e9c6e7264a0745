/** Maintenance on a real PostgreSQL. */
@NullMarked
package io.refdata.persistence.maintenance;

import org.jspecify.annotations.NullMarked;
