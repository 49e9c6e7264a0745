/** Tests of the package of the same name. */
@NullMarked
package io.refdata.persistence.signal;

import org.jspecify.annotations.NullMarked;
