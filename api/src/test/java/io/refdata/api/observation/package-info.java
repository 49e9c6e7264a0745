/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.observation;

import org.jspecify.annotations.NullMarked;
