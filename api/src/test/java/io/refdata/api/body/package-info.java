/** See the package of the same name. */
@NullMarked
package io.refdata.api.body;

import org.jspecify.annotations.NullMarked;
