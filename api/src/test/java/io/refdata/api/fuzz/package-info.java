/**
 * Requests made up from the API's own description, many of them wrong in every way that is known,
 * and whether the answers are what the description says.
 */
@NullMarked
package io.refdata.api.fuzz;

import org.jspecify.annotations.NullMarked;
