/** Past states, read from a record that was written at random. */
@NullMarked
package io.refdata.persistence.reference;

import org.jspecify.annotations.NullMarked;
