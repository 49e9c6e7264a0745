/** Companies and authorities: who operates and owns. */
@NullMarked
package io.refdata.organization;

import org.jspecify.annotations.NullMarked;
