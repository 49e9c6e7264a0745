/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.performance;

import org.jspecify.annotations.NullMarked;
