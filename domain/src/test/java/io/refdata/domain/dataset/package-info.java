/** Tests of the package of the same name. */
@NullMarked
package io.refdata.domain.dataset;

import org.jspecify.annotations.NullMarked;
