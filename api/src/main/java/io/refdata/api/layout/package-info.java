/** Layouts over HTTP: how files read, and into what. */
@NullMarked
package io.refdata.api.layout;

import org.jspecify.annotations.NullMarked;
