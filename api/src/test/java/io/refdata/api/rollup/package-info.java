/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.rollup;

import org.jspecify.annotations.NullMarked;
