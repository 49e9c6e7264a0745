/** The database as the platform reaches it, on a real one. */
@NullMarked
package io.refdata.persistence;

import org.jspecify.annotations.NullMarked;
