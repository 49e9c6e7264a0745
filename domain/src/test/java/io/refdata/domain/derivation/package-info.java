/** Tests of the package of the same name. */
@NullMarked
package io.refdata.domain.derivation;

import org.jspecify.annotations.NullMarked;
