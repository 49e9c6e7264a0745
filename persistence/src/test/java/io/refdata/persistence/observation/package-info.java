/** Tests of the package of the same name. */
@NullMarked
package io.refdata.persistence.observation;

import org.jspecify.annotations.NullMarked;
