/** Tests of the package of the same name. */
@NullMarked
package io.refdata.batch.load.intake;

import org.jspecify.annotations.NullMarked;
