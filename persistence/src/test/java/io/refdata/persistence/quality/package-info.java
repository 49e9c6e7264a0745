/** Tests of the package of the same name. */
@NullMarked
package io.refdata.persistence.quality;

import org.jspecify.annotations.NullMarked;
