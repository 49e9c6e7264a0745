/** Which collections of reference data there are. */
@NullMarked
package io.refdata.catalogue;

import org.jspecify.annotations.NullMarked;
