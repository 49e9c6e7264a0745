/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.comparison;

import org.jspecify.annotations.NullMarked;
