/** The facilities with what follows from their places, as of a revision. */
@NullMarked
package io.refdata.persistence.place;

import org.jspecify.annotations.NullMarked;
