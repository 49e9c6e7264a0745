/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.route;

import org.jspecify.annotations.NullMarked;
