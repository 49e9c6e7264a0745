/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.payload;

import org.jspecify.annotations.NullMarked;
