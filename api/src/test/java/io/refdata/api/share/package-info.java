/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.share;

import org.jspecify.annotations.NullMarked;
