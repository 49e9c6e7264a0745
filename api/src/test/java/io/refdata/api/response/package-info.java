/** Tests of the package of the same name. */
@NullMarked
package io.refdata.api.response;

import org.jspecify.annotations.NullMarked;
