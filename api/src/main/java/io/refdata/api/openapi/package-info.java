/** Builds the description of the interface, OpenAPI 3.1, partly from the declared properties. */
@NullMarked
package io.refdata.api.openapi;

import org.jspecify.annotations.NullMarked;
