/** Layouts over HTTP, asked for from outside. */
@NullMarked
package io.refdata.api.layout;

import org.jspecify.annotations.NullMarked;
