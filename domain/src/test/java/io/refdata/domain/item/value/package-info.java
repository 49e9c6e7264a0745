/** Tests of the package of the same name. */
@NullMarked
package io.refdata.domain.item.value;

import org.jspecify.annotations.NullMarked;
