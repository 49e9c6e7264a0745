@NullMarked
package io.refdata.api.access;

import org.jspecify.annotations.NullMarked;
