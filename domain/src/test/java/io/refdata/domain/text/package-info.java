/** Tests of the package of the same name. */
@NullMarked
package io.refdata.domain.text;

import org.jspecify.annotations.NullMarked;
