/** The addresses of the API, and how requests to each are handled. */
@NullMarked
package io.refdata.api.route;

import org.jspecify.annotations.NullMarked;
