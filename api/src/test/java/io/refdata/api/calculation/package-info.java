/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.calculation;

import org.jspecify.annotations.NullMarked;
