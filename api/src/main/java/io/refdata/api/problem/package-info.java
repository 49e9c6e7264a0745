/** Problems of RFC 9457: the responses to requests that the service refuses or cannot answer. */
@NullMarked
package io.refdata.api.problem;

import org.jspecify.annotations.NullMarked;
