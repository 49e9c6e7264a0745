/** Tests of the package of the same name. */
@NullMarked
package io.refdata.persistence.sla;

import org.jspecify.annotations.NullMarked;
