/** Tests of the package of the same name. */
@NullMarked
package io.refdata.domain.feature;

import org.jspecify.annotations.NullMarked;
