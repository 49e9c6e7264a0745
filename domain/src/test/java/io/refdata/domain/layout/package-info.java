/** Tests of the package of the same name. */
@NullMarked
package io.refdata.domain.layout;

import org.jspecify.annotations.NullMarked;
