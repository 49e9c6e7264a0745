/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.health;

import org.jspecify.annotations.NullMarked;
