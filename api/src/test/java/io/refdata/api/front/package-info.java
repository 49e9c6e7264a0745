@NullMarked
package io.refdata.api.front;

import org.jspecify.annotations.NullMarked;
