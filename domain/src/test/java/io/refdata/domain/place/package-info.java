/** Tests of the package of the same name. */
@NullMarked
package io.refdata.domain.place;

import org.jspecify.annotations.NullMarked;
