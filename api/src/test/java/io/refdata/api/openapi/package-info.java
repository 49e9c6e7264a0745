/** Whether the description of the interface is valid, and whole. */
@NullMarked
package io.refdata.api.openapi;

import org.jspecify.annotations.NullMarked;
