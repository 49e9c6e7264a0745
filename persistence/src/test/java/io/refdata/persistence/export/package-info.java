/** Tests of the package of the same name. */
@NullMarked
package io.refdata.persistence.export;

import org.jspecify.annotations.NullMarked;
