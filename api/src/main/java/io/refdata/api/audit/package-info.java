/** The audit trail over HTTP: whether it is as it was sealed. */
@NullMarked
package io.refdata.api.audit;

import org.jspecify.annotations.NullMarked;
