/** Responses: their representation, entity tag, format, and the conditions of a request. */
@NullMarked
package io.refdata.api.response;

import org.jspecify.annotations.NullMarked;
