/** Series and observations as they are read. */
@NullMarked
package io.refdata.persistence.observation;

import org.jspecify.annotations.NullMarked;
