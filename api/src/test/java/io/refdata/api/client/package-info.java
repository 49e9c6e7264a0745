/** See the package of the same name. */
@NullMarked
package io.refdata.api.client;

import org.jspecify.annotations.NullMarked;
