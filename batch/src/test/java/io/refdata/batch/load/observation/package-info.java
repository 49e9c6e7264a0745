/** Tests of the package of the same name. */
@NullMarked
package io.refdata.batch.load.observation;

import org.jspecify.annotations.NullMarked;
