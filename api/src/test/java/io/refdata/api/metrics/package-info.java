@NullMarked
package io.refdata.api.metrics;

import org.jspecify.annotations.NullMarked;
