/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.audit;

import org.jspecify.annotations.NullMarked;
