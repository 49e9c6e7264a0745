/** Tests of the package of the same name. */
@NullMarked
package io.refdata.persistence.payload;

import org.jspecify.annotations.NullMarked;
