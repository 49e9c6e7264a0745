/** Reads the parts of a request: its headers, parameters, cursor, body and sender. */
@NullMarked
package io.refdata.api.request;

import org.jspecify.annotations.NullMarked;
