/** The description of the interface, OpenAPI 3.1, made from what the code knows. */
@NullMarked
package io.refdata.api.openapi;

import org.jspecify.annotations.NullMarked;
