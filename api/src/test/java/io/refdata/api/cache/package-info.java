/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.cache;

import org.jspecify.annotations.NullMarked;
