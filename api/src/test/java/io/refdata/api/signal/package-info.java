/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.signal;

import org.jspecify.annotations.NullMarked;
