/** Facilities by their places, on a real PostgreSQL. */
@NullMarked
package io.refdata.persistence.place;

import org.jspecify.annotations.NullMarked;
