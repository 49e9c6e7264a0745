/** What operators watch: alerts and silences. */
@NullMarked
package io.refdata.api.monitoring;

import org.jspecify.annotations.NullMarked;
