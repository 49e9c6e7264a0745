/** The record of what was asked of the server that leaves no revision. */
@NullMarked
package io.refdata.api.access.action;

import org.jspecify.annotations.NullMarked;
