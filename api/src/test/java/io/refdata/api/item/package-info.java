/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.item;

import org.jspecify.annotations.NullMarked;
