/** Tests of the package of the same name. */
@NullMarked
package io.refdata.persistence.item.query;

import org.jspecify.annotations.NullMarked;
