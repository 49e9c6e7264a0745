/** The HTTP interface: its root, under which the other packages answer requests. */
@NullMarked
package io.refdata.api;

import org.jspecify.annotations.NullMarked;
