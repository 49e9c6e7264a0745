/** Layouts over HTTP. A layout defines how files are read, and their target. */
@NullMarked
package io.refdata.api.layout;

import org.jspecify.annotations.NullMarked;
