/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.monitoring;

import org.jspecify.annotations.NullMarked;
