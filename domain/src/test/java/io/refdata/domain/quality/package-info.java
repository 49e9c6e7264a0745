/** Tests of the package of the same name. */
@NullMarked
package io.refdata.domain.quality;

import org.jspecify.annotations.NullMarked;
