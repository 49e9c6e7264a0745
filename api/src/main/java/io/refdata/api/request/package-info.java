/** How a request is read: its body, its parameters, its cursor, who sends it. */
@NullMarked
package io.refdata.api.request;

import org.jspecify.annotations.NullMarked;
