/** How the service says that it will not or cannot answer: RFC 9457 problems. */
@NullMarked
package io.refdata.api.problem;

import org.jspecify.annotations.NullMarked;
