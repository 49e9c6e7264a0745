/** Tests of the package of the same name. */
@NullMarked
package io.refdata.persistence.monitoring;

import org.jspecify.annotations.NullMarked;
