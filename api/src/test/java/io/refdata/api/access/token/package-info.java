/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.access.token;

import org.jspecify.annotations.NullMarked;
