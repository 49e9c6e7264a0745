/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.export;

import org.jspecify.annotations.NullMarked;
