/** The database as the platform reaches it. */
@NullMarked
package io.refdata.persistence;

import org.jspecify.annotations.NullMarked;
