/** Tests of the package of the same name. */
@NullMarked
package io.refdata.persistence.derivation;

import org.jspecify.annotations.NullMarked;
